import { expect, test } from 'vitest';
import { tables } from '../../../functions/tables/index.ts';
import { readContent } from '../../../tools/deploy/content.ts';
import { findPlace } from '../../../tools/deploy/place.ts';
import { remove } from '../../../tools/deploy/remove.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import type { Reply, Scenario } from '../stand-in/scenario.ts';
import { type Stage, changesOf, stage } from '../stand-in/stage.ts';

const names = { resourceGroup: 'mail', workspace: 'sentinel', workspaceResourceGroup: 'siem' };
const of = (id: string) => ({ id, name: id.split('/').at(-1) ?? '', type: id.split('/').slice(-3, -1).join('/') });
const plan = `${azure.group}/providers/Microsoft.Web/serverfarms/plan-mimecast-abcdefghijklm`;
const alert = `${azure.group}/providers/Microsoft.Insights/scheduledQueryRules/silence-mimecast-abcdefghijklm`;
const lent = [
  `${azure.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-of-somebody`,
  `${azure.group}/providers/Microsoft.Storage/storageAccounts/stmimecastbackup`,
  `${azure.group}/providers/Microsoft.Web/sites/func-mimecast2-abcdefghijklm`,
];
const own = [azure.app, plan, azure.rule(1), azure.rule(2), azure.identity, azure.storage, azure.vault, alert];

const rule = (name: string, query: string) => ({
  id: `${azure.workspace}/providers/Microsoft.SecurityInsights/alertRules/${name}`,
  name,
  properties: { displayName: `Rule ${query}`, query },
});
const untouched = rule('617a55be-a8d8-49c1-8687-d19a0231056f', 'one');
const edited = rule('c048fa06-0d50-4626-ae82-a6cea812d9c4', 'two');
const foreign = rule('another', 'three');
const watchlist = {
  id: `${azure.workspace}/providers/Microsoft.SecurityInsights/watchlists/MimecastVips`,
  name: 'MimecastVips',
  properties: { displayName: 'MimecastVips' },
};
const sentinel = `rest GET ${azure.workspace}/providers/Microsoft.SecurityInsights`;
const role = '3913510d-42f4-4e42-8a64-420c390055eb';
const assignment = (scope: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/one`,
  properties: { principalId: 'p', roleDefinitionId: `/x/${role}` },
});

const content: Scenario = {
  [`${sentinel}/alertRules`]: azure.list(untouched, edited, foreign),
  [`${sentinel}/watchlists`]: azure.list(watchlist),
};

/** What a deployment noted, before somebody edited the second rule. */
async function receipt(): Promise<Reply> {
  const { world } = stage({ ...azure.installed, ...content });
  const items = await readContent(await findPlace(names, world.az, world.arm), world.arm);
  const hashes = items.map(({ key, hash }) => [key, key.includes('c048fa06') ? 'other' : hash] as const);
  return { file: Buffer.from(JSON.stringify(Object.fromEntries(hashes))) };
}

async function installed(): Promise<Scenario> {
  const deletions = [
    ...own,
    ...[untouched, watchlist].map(({ id }) => id),
    ...tables.map(({ name }) => `${azure.workspace}/tables/${name}`),
  ];
  return {
    ...azure.installed,
    ...content,
    [`rest GET ${azure.group}/resources`]: azure.list(...[...lent, ...own].map(of)),
    [`rest GET ${azure.workspace}/tables`]: azure.list(
      ...['Audit_CL', 'Other_CL'].map((name) => ({ name, properties: { schema: { columns: [] } } })),
    ),
    [azure.assignments(azure.rule(1))]: azure.list(assignment(azure.rule(1)), assignment(azure.group)),
    'storage blob exists': { json: { exists: true } },
    'storage blob download': await receipt(),
    ...Object.fromEntries([...deletions, assignment(azure.rule(1)).id].map((id) => [`rest DELETE ${id}`, {}])),
  };
}

const run = (at: Stage, withData = false) => remove({ names, name: 'mimecast', withData, answersYes: false }, at.world);
const deleted = (at: Stage) => changesOf(at).map((key) => key.replace('rest DELETE ', ''));

describe('removing', () => {
  test('deletes app, identity, roles, rules and our untouched content, and no data', async () => {
    const at = stage(await installed(), ['yes']);
    await run(at);
    expect(deleted(at)[0]).toBe(azure.app);
    const kept = [azure.storage, azure.vault];
    expect(deleted(at).toSorted()).toEqual(
      [...own.filter((id) => !kept.includes(id)), untouched.id, assignment(azure.rule(1)).id].toSorted(),
    );
    expect(at.shown()).toContain('"Rule two" (alertRules/c048fa06-0d50-4626-ae82-a6cea812d9c4) stays');
    expect(at.shown()).toContain('"MimecastVips" (watchlists/MimecastVips) stays');
    expect(at.shown()).toContain('--data deletes them too');
  });

  test('deletes tables, storage and vault with --data, once the workspace is named', async () => {
    const at = stage(await installed(), ['yes', 'sentinel']);
    await run(at, true);
    expect(deleted(at)).toEqual(
      expect.arrayContaining([azure.storage, azure.vault, watchlist.id, `${azure.workspace}/tables/Audit_CL`]),
    );
    expect(deleted(at)).not.toContain(edited.id);
    expect(deleted(at).join()).not.toContain('Other_CL');
    expect(at.shown()).toContain('table Audit_CL with all its rows');
  });

  test.each([
    [['no'], false],
    [['yes', 'another'], true],
  ])('deletes nothing at %j', async (answers, withData) => {
    const at = stage(await installed(), answers);
    await expect(run(at, withData)).rejects.toThrow('Nothing was deleted.');
    expect(deleted(at)).toEqual([]);
  });

  test('goes on where an earlier removal was cut short', async () => {
    const all = await installed();
    const at = stage(
      {
        ...all,
        [`rest GET ${azure.group}/providers/Microsoft.Web/sites`]: azure.list(),
        [`rest GET ${azure.group}/resources`]: azure.list(...[azure.identity, ...lent].map(of)),
      },
      ['yes'],
    );
    await run(at);
    expect(deleted(at)).toEqual([azure.identity]);
  });

  test('says where nothing is', async () => {
    const at = stage({
      ...(await installed()),
      [`rest GET ${azure.group}/resources`]: azure.list(),
      ...Object.fromEntries(Object.keys(content).map((key) => [key, azure.list()])),
    });
    await expect(run(at)).rejects.toThrow('There is no connector named mimecast in mail');
  });
});
