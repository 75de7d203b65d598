import { expect, test } from 'vitest';
import { ConnectorError } from '../../../functions/collect/fault.ts';
import type { Checkpoints } from '../../../functions/collect/ports.ts';
import { upgrade } from '../../../tools/upgrade/upgrade.ts';
import { type MemoryCheckpoints, memoryCheckpoints } from '../../fakes/memory.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import { type Stage, changesOf, stage } from '../stand-in/stage.ts';

const key = 'a2V5LW9mLXRoZS1vbGQtc3RvcmFnZQ==';
const oldGroup = `${azure.subscription}/resourceGroups/siem`;
const oldApp = `${oldGroup}/providers/Microsoft.Web/sites/mimecastsegx`;
const site = (state: string) =>
  azure.list({ id: oldApp, name: 'mimecastsegx', kind: 'functionapp,linux', properties: { state } });
const settings = {
  Mimecast_Client_Id: 'old-id',
  Mimecast_Client_Secret: 'old-secret',
  BaseURL: 'https://eu-api.services.mimecast.com',
  Start_Date: '2026-09-01',
  File_Share_Name: 'mimecast-checkpoints',
  Connection_String: `DefaultEndpointsProtocol=https;AccountName=old;AccountKey=${key};EndpointSuffix=core.windows.net`,
};
const listOf = (all: Readonly<Record<string, string>>) => ({
  json: Object.entries(all).map(([name, value]) => ({ name, value })),
});
const pausedSettings = azure.appSettings({
  'AzureWebJobs.Audit.Disabled': 'true',
  'AzureWebJobs.Seg.Disabled': 'true',
});
const files = ['Checkpoint-SEG-CG', 'Checkpoint-SEG-DLP', 'Corrupt-Data-Cloud-Gateway_1'].map((name) => ({
  name,
  properties: { lastModified: '2026-11-21T12:30:00+00:00' },
}));
const cg = { file: Buffer.from('{"nextPage":"page-9"}') };
const dlp = (from: string) => ({
  file: Buffer.from(JSON.stringify({ from_date: from, to_date: from, page_token: '' })),
});

const rule = (name: string, properties: Readonly<Record<string, string | boolean>>) => ({
  id: `${azure.workspace}/providers/Microsoft.SecurityInsights/alertRules/${name}`,
  name,
  kind: 'Scheduled',
  etag: '"1"',
  properties: { displayName: name, enabled: true, queryPeriod: 'PT30M', query: 'MimecastDLP', ...properties },
});
const template = '8e52bcf1-4f50-4c39-8678-d9efad64e379';
const rules = `${azure.workspace}/providers/Microsoft.SecurityInsights/alertRules`;

/** Solution 3.1 in the workspace's group, ours paused beside it. */
const beside: Scenario = {
  ...azure.installed,
  [`rest GET ${oldGroup}/providers/Microsoft.Web/sites`]: [site('Running'), site('Running'), site('Stopped')],
  // Ours is looked at first, then the apps of both groups.
  'functionapp config appsettings list': [pausedSettings, pausedSettings, listOf(settings)],
  'storage file list': { json: files },
  'storage file download': [cg, dlp('2026-11-21T12:00:00Z'), cg, dlp('2026-11-21T12:40:00Z')],
  [`rest GET ${rules}`]: azure.list(
    rule('made-from-31', { alertRuleTemplateName: template }),
    rule(template, { enabled: false }),
    rule('mine-short', { query: 'Seg_Cg_CL | where true' }),
    rule('mine-long', { query: 'MimecastCG', queryPeriod: 'P1D' }),
    rule('mine-off', { query: 'MimecastCG', enabled: false }),
    rule('other', { query: 'SigninLogs' }),
  ),
  [`rest PUT ${rules}/${template}`]: {},
  [`rest PUT ${rules}/made-from-31`]: {},
  'functionapp stop': {},
  'functionapp config appsettings delete': {},
};

async function run(
  at: Stage,
  checkpoints: Checkpoints = memoryCheckpoints(() => 0),
  onlyWhatIf = false,
): Promise<void> {
  const names = { resourceGroup: 'mail', workspace: 'sentinel', workspaceResourceGroup: 'siem' };
  const world = { ...at.world, checkpointsOf: () => checkpoints };
  await upgrade({ names, name: 'mimecast', oldGroups: [], onlyWhatIf }, world);
}

const kept = (checkpoints: MemoryCheckpoints) => ['SegCg', 'SegDlp', 'Audit'].map((feed) => checkpoints.cursor(feed));

describe('an upgrade', () => {
  test('stops the old apps, takes their last state over, starts ours and swaps the rules', async () => {
    const at = stage(beside, ['yes', 'yes']);
    const checkpoints = memoryCheckpoints(() => 0);
    await run(at, checkpoints);
    expect(changesOf(at).filter((call) => !call.startsWith('storage'))).toEqual([
      'functionapp stop',
      'functionapp config appsettings delete',
      `rest PUT ${rules}/${template}`,
      `rest PUT ${rules}/made-from-31`,
    ]);
    expect(kept(checkpoints)).toEqual([
      { kind: 'batch', listing: { from: '2026-11-20', token: 'page-9' }, done: [], failed: {}, line: 0 },
      // The state of after the stop, not of before.
      expect.objectContaining({ kind: 'window', until: '2026-11-21T12:40:00.000Z' }),
      undefined,
    ]);
    const order = at.calls().map((call) => call.key);
    expect(order.lastIndexOf('storage file download')).toBeGreaterThan(order.indexOf('functionapp stop'));
    expect(order.indexOf('functionapp config appsettings delete')).toBeGreaterThan(
      order.lastIndexOf('storage file download'),
    );
    const [ours, old] = at.calls().filter((call) => call.key.startsWith('rest PUT'));
    expect(ours?.lent?.text).toContain('"enabled":true');
    expect(old?.lent?.text).toMatch(/"enabled":false/);
    expect(at.shown()).toContain('az functionapp start --resource-group siem --name mimecastsegx');
  });

  test('lists what it found: apps, rules, lost events, and the customer’s own rules that look back too short', async () => {
    const at = stage(beside);
    await run(at, undefined, true);
    expect(changesOf(at).filter((call) => !call.startsWith('storage'))).toEqual([]);
    expect(at.shown()).toContain('app mimecastsegx in siem (running), start date 2026-09-01');
    expect(at.shown()).toContain('deploy with --base-url https://eu-api.services.mimecast.com');
    expect(at.shown()).toContain('1 files in its share mimecast-checkpoints hold events that 3.x could not send');
    expect(at.shown()).toContain('rule "made-from-31", made from a template of 3.x');
    expect(at.shown()).toMatch(/Your rule "mine-short" looks back 30 minutes.*two hours or more/);
    expect(at.shown()).toContain('Your rule "mine-long" queries our tables');
    expect(at.shown()).not.toMatch(/mine-off|"other"/);
  });

  test('keeps a checkpoint of ours, which is newer', async () => {
    const at = stage(beside, ['yes', 'no']);
    const checkpoints = memoryCheckpoints(() => 0);
    const own = {
      kind: 'window',
      until: '2026-11-21T12:59:00.000Z',
      recent: new Uint8Array(),
      seen: new Uint8Array(),
    } as const;
    checkpoints.put('SegDlp', { cursor: own, savedAt: 0 });
    await run(at, checkpoints);
    expect(checkpoints.cursor('SegDlp')).toEqual(own);
    expect(at.shown()).toContain('SegDlp keeps its own checkpoint.');
    expect(at.shown()).toContain('The rules stay as they are.');
  });

  test('waits for a run of ours that is under way, but not for ever', async () => {
    const memory = memoryCheckpoints(() => 0);
    const holding = (times: number): Checkpoints => {
      let refused = 0;
      return {
        async take(feed, ...rest) {
          if (feed === 'SegDlp' && refused++ < times) throw new ConnectorError('superseded', 'The run r holds SegDlp.');
          return memory.take(feed, ...rest);
        },
      };
    };
    const at = stage(beside);
    await run(at, holding(5), true);
    expect(at.clock.now()).toBe(Date.UTC(2026, 10, 21, 13, 2, 30));
    await expect(run(stage(beside), holding(1_000), true)).rejects.toThrow('The run r holds SegDlp.');
  });

  test('gives az the key of the old storage in no argument, and shows no secret', async () => {
    const at = stage(beside, ['yes', 'yes']);
    await run(at);
    const opened = at.calls().filter((call) => call.key.startsWith('storage file'));
    expect(opened.every((call) => call.hasConnectionString)).toBe(true);
    const all = `${at.shown()} ${at
      .calls()
      .flatMap(({ args }) => args)
      .join(' ')}`;
    for (const secret of [key, 'old-secret', 'AccountKey']) expect(all).not.toContain(secret);
  });
});

const denied: Checkpoints = {
  take: async () => {
    throw new ConnectorError('denied', 'CHECKPOINT_STORAGE refused the identity.');
  },
};
const sitesOfOurs = `rest GET ${azure.group}/providers/Microsoft.Web/sites`;

describe('an upgrade stops before the old apps are stopped', () => {
  test.each<readonly [string, Scenario, string, Checkpoints | undefined]>([
    ['ours is not deployed', { [sitesOfOurs]: azure.list() }, '--paused', undefined],
    [
      'no old app is found',
      { [`rest GET ${oldGroup}/providers/Microsoft.Web/sites`]: azure.list() },
      '--old-resource-group',
      undefined,
    ],
    [
      'the old state cannot be opened',
      {
        'functionapp config appsettings list': [
          pausedSettings,
          pausedSettings,
          listOf({ ...settings, Connection_String: '@Microsoft.KeyVault(x)' }),
        ],
      },
      'The state of mimecastsegx cannot be opened',
      undefined,
    ],
    [
      'the old share refuses',
      { 'storage file list': { error: `(AuthenticationFailed) words ${settings.Connection_String}` } },
      'AuthenticationFailed',
      undefined,
    ],
    ['our checkpoints refuse', {}, 'CHECKPOINT_STORAGE refused', denied],
  ])('when %s', async (_, changes, words, checkpoints) => {
    const at = stage({ ...beside, ...changes });
    const failing = run(at, checkpoints);
    await expect(failing).rejects.toThrow(words);
    await expect(failing).rejects.not.toThrow(key);
    expect(changesOf(at).filter((call) => !call.startsWith('storage'))).toEqual([]);
  });

  test('when the answer is no', async () => {
    const at = stage(beside, ['no']);
    await expect(run(at)).rejects.toThrow('Nothing was changed.');
    expect(changesOf(at).filter((call) => !call.startsWith('storage'))).toEqual([]);
  });
});

describe('an upgrade that is cut short', () => {
  test('does not start ours, and says how to go on and how to go back', async () => {
    const downloads = [cg, dlp('2026-11-21T12:00:00Z'), { error: '(ServerBusy) later' }];
    const at = stage({ ...beside, 'storage file download': downloads }, ['yes']);
    const failing = run(at);
    await expect(failing).rejects.toThrow(/Our app was not started: .*ServerBusy.*\nRun npm run upgrade again/);
    await expect(failing).rejects.toThrow('az functionapp start --resource-group siem --name mimecastsegx');
    expect(changesOf(at)).not.toContain('functionapp config appsettings delete');
  });

  test('waits for an old app that will not stop only so long', async () => {
    const at = stage({ ...beside, [`rest GET ${oldGroup}/providers/Microsoft.Web/sites`]: site('Running') }, ['yes']);
    await expect(run(at)).rejects.toThrow('did not stop within five minutes. Nothing was taken over.');
    expect(changesOf(at)).not.toContain('functionapp config appsettings delete');
  });

  test('leaves a rule of 3.x on where ours is not installed', async () => {
    const only = azure.list(rule('made-from-31', { alertRuleTemplateName: template }));
    const at = stage({ ...beside, [`rest GET ${rules}`]: only }, ['yes', 'yes']);
    await run(at);
    expect(at.shown()).toContain('"made-from-31" stays on: ours is not installed.');
    expect(changesOf(at).join()).not.toContain('PUT');
  });
});
