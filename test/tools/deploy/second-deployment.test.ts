import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Json } from '../../../functions/tables/json.ts';
import { buildPackage } from '../../../tools/deploy/package.ts';
import { withFolder } from '../../../tools/azure-cli/secret-file.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import { changesOf, stage } from '../stand-in/stage.ts';
import { fresh, health, parametersOf, run } from './stage.ts';

const rulesKey = `rest GET ${azure.workspace}/providers/Microsoft.SecurityInsights/alertRules`;
const parsersKey = `rest GET ${azure.workspace}/savedSearches`;
const ruleId = '617a55be-a8d8-49c1-8687-d19a0231056f';
const rule = (changes: Readonly<Record<string, Json>> = {}) => ({
  id: `${azure.workspace}/providers/Microsoft.SecurityInsights/alertRules/${ruleId}`,
  name: ruleId,
  properties: {
    displayName: 'Attachment Protect',
    enabled: true,
    query: 'MimecastTTPAttachment',
    lastModifiedUtc: 'then',
    ...changes,
  },
});
const parser = {
  id: `${azure.workspace}/savedSearches/MimecastCG`,
  name: 'MimecastCG',
  properties: { displayName: 'MimecastCG', functionAlias: 'MimecastCG', query: 'Seg_Cg_CL' },
};

/** Where a connector runs already, with what a test changes about it. */
const there = (changes: Scenario = {}): Scenario => ({
  ...azure.installed,
  [azure.queryKey]: azure.query(...health()),
  ...changes,
});

/** The receipt that a first deployment leaves where these rules and a parser are then found. */
async function receiptAfter(...rules: readonly Json[]): Promise<Uint8Array> {
  const first = stage(
    there({
      [rulesKey]: [azure.list(), azure.list(...rules)],
      [parsersKey]: [azure.list(), azure.list(), azure.list(parser)],
    }),
    ['yes'],
  );
  await run(first, {}, {});
  const [receipt] = first.calls().filter(({ key }) => key === 'storage blob upload');
  return Buffer.from(receipt?.file ?? '');
}

describe('a second deployment', () => {
  test('leaves the vault alone, and keeps what was set in the app and told the last time', async () => {
    const settings = azure.appSettings({
      CONNECTORS: 'audit,seg',
      START_DATE: '2026-11-01',
      SEG_SCHEDULE: '0 0 * * * *',
      EXTRA: 'x',
    });
    const parameters = {
      alertReceiver: { type: 'String', value: 'soc@example.com' },
      retentionDays: { type: 'Int', value: 90 },
      enableRules: { type: 'Bool', value: false },
      mimecastClientSecret: { type: 'SecureString' },
      existingTables: { type: 'Object', value: { Audit_CL: [] } },
      deployedAt: { type: 'String', value: '2026-01-01T00:00:00Z' },
    };
    const last = `rest GET ${azure.group}/providers/Microsoft.Resources/deployments/mimecast-connector-mimecast`;
    const at = stage(
      there({ 'functionapp config appsettings list': settings, [last]: { json: { properties: { parameters } } } }),
      ['yes'],
    );
    await run(at, { account: 'second' }, {});
    const given = parametersOf(at, 'deployment group create');
    expect(given).toMatchObject({
      mimecastClientId: '',
      mimecastClientSecret: '',
      connectors: ['audit', 'seg'],
      startDate: '2026-11-01',
      schedules: { seg: '0 0 * * * *' },
      alertReceiver: 'soc@example.com',
      account: 'second',
      existingTables: {},
      installedSettings: { EXTRA: 'x' },
    });
    for (const once of ['deployedAt', 'retentionDays', 'enableRules']) expect(given).not.toHaveProperty(once);
  });

  test('checks rights before it opens the storage account', async () => {
    const reader = azure.list({ actions: ['*/read'] });
    const at = stage(
      there({ [azure.permissions(azure.group)]: reader, 'storage blob exists': { error: '(Forbidden) no' } }),
    );
    await expect(run(at, {}, {})).rejects.toThrow('--role "Storage Blob Data Contributor"');
  });

  test('that adds what is missing leaves all content that is there', async () => {
    const at = stage(there({ [rulesKey]: azure.list(rule()), [parsersKey]: azure.list(parser) }), ['yes']);
    await run(at, {}, {});
    expect(parametersOf(at, 'deployment group create')).toMatchObject({
      content: 'missing',
      existingContent: ['savedSearches/MimecastCG', `alertRules/${ruleId}`],
    });
  });

  test.each([
    ['replaces what nobody has changed', { lastModifiedUtc: 'now' }, []],
    ['leaves a rule that was switched off', { enabled: false }, [`alertRules/${ruleId}`]],
    ['leaves a rule whose query was edited', { query: 'MimecastTTPAttachment | take 1' }, [`alertRules/${ruleId}`]],
  ])('that overwrites %s', async (_, change, kept) => {
    const receipt = await receiptAfter(rule());
    const blobs: Scenario = {
      'storage blob exists': { json: { exists: true } },
      'storage blob download': { file: receipt },
    };
    const at = stage(there({ ...blobs, [rulesKey]: azure.list(rule(change)), [parsersKey]: azure.list(parser) }), [
      'yes',
    ]);
    await run(at, { content: 'overwrite' }, {});
    expect(parametersOf(at, 'deployment group create')).toMatchObject({ content: 'missing', existingContent: kept });
    expect(at.shown().includes('stays as it is: somebody has changed it')).toBe(kept.length > 0);
  });

  test('writes a health alert anew, which names the connectors that are on, unless somebody has changed it', async () => {
    const alertsKey = `rest GET ${azure.group}/providers/Microsoft.Insights/scheduledQueryRules`;
    const alert = (severity: number) => ({
      id: '/silence',
      name: 'silence-mimecast-abcdefghijklm',
      properties: { displayName: 'silence', severity },
    });
    const first = stage(there({ [alertsKey]: [azure.list(), azure.list(alert(1))] }), ['yes']);
    await run(first, {}, {});
    const [receipt] = first.calls().filter(({ key }) => key === 'storage blob upload');
    const blobs: Scenario = {
      'storage blob exists': { json: { exists: true } },
      'storage blob download': { file: Buffer.from(receipt?.file ?? '') },
    };
    for (const [severity, kept] of [
      [1, []],
      [3, ['scheduledQueryRules/silence-mimecast-abcdefghijklm']],
    ] as const) {
      const at = stage(there({ ...blobs, [alertsKey]: azure.list(alert(severity)) }));
      await run(at, { 'what-if': true }, {});
      expect(parametersOf(at, 'deployment group what-if')).toMatchObject({ existingContent: kept });
    }
  });

  test('that overwrites leaves what no receipt knows', async () => {
    const at = stage(there({ [rulesKey]: azure.list(rule()) }), ['yes']);
    await run(at, { content: 'overwrite' }, {});
    expect(parametersOf(at, 'deployment group create')).toMatchObject({ existingContent: [`alertRules/${ruleId}`] });
  });
});

describe('a package', () => {
  const build = async (folder: string) => {
    await writeFile(`${folder}/host.json`, '{}');
  };

  test('has the same bytes and hash on every build', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => withFolder((folder) => buildPackage(folder, build))));
    expect(one?.sha256).toBe(two?.sha256);
    expect(one?.sha256).toBe(
      createHash('sha256')
        .update(two?.bytes ?? '')
        .digest('hex'),
    );
  });

  test('of an earlier deployment is run again when it is what its hash says', async () => {
    const { sha256, bytes } = await withFolder((folder) => buildPackage(folder, build));
    const blobs: Scenario = {
      'storage blob exists': { json: { exists: true } },
      'storage blob download': { file: bytes },
    };
    const at = stage(there(blobs), ['yes']);
    expect(await run(at, { package: sha256, content: 'none' }, {})).toBe(true);
    expect(changesOf(at)).toContain('functionapp deployment source config-zip');
    const changed = stage(there(blobs));
    await expect(run(changed, { package: 'a'.repeat(64) }, {})).rejects.toThrow('was changed by somebody');
    const gone = stage(there());
    await expect(run(gone, { package: sha256 }, {})).rejects.toThrow('There is no package');
    const empty = stage(fresh());
    await expect(run(empty, { package: sha256 })).rejects.toThrow('There is no connector yet');
    expect([changed, gone, empty].flatMap(changesOf)).toEqual([]);
  });
});
