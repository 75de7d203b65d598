import { expect, test } from 'vitest';
import { connectors } from '../../../functions/connectors.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import { changesOf, stage } from '../stand-in/stage.ts';
import { due, fresh, health, parametersOf, run, secret } from './stage.ts';

const upload = 'storage blob upload';
const package_ = 'functionapp deployment source config-zip';

describe('a first deployment', () => {
  test('asks for the credentials, shows what changes, deploys, uploads the package and reads the first rows', async () => {
    const at = stage(fresh(), ['an-id', secret, 'yes']);
    expect(await run(at, {}, {})).toBe(true);
    expect(changesOf(at)).toEqual(['deployment group create', upload, upload, package_]);
    expect(at.shown()).toContain('create  Microsoft.Web/sites/');
    expect(at.shown()).toContain('SegCg: 12 rows arrived.');
    expect(at.shown()).toContain('Awareness runs first at 2026-11-21T18:15:50');
    expect(at.shown()).toContain('The connector works.');
    expect(parametersOf(at, 'deployment group create')).toMatchObject({
      workspaceId: azure.workspace,
      name: 'mimecast',
      mimecastClientId: 'an-id',
      mimecastClientSecret: secret,
      content: 'missing',
      existingTables: {},
      existingContent: [],
    });
  });

  test('shows no secret, and gives az none but in files of its owner alone', async () => {
    const at = stage(fresh(), ['yes']);
    await run(at);
    const preview = at.calls().find(({ key }) => key === 'deployment group what-if');
    const create = at.calls().find(({ key }) => key === 'deployment group create');
    expect(create?.lent).toMatchObject({ mode: '600', text: expect.stringContaining(secret) });
    expect(preview?.lent?.text).toContain('not shown');
    expect(preview?.lent?.text).not.toContain(secret);
    expect(
      at
        .calls()
        .flatMap(({ args }) => args)
        .join(' '),
    ).not.toContain(secret);
    expect(at.shown()).not.toContain(secret);
  });

  test('changes nothing with --what-if, and nothing at a no', async () => {
    const only = stage(fresh());
    expect(await run(only, { 'what-if': true })).toBe(true);
    expect(changesOf(only)).toEqual([]);
    const no = stage(fresh(), ['no']);
    await expect(run(no)).rejects.toThrow('Nothing was changed');
    expect(changesOf(no)).toEqual([]);
  });

  test('does not run when it is paused, and says so', async () => {
    const paused = Object.fromEntries(connectors.map(({ name }) => [`AzureWebJobs.${name}.Disabled`, 'true']));
    const at = stage(fresh({ 'functionapp config appsettings list': azure.appSettings(paused) }), ['yes']);
    expect(await run(at, { paused: true, 'disable-rules': true })).toBe(true);
    expect(parametersOf(at, 'deployment group create')).toMatchObject({
      enableRules: false,
      installedSettings: paused,
    });
    expect(at.calls().map(({ key }) => key)).not.toContain(azure.queryKey);
    expect(at.shown()).toContain('paused: no timer fires');
  });

  test('names a connector that is paused alone', async () => {
    const settings = azure.appSettings({ 'AzureWebJobs.Ttp.Disabled': 'true' });
    const at = stage(fresh({ 'functionapp config appsettings list': settings }), ['yes']);
    expect(await run(at)).toBe(true);
    expect(at.shown()).toContain('Ttp is paused by the setting AzureWebJobs.Ttp.Disabled.');
    expect(at.shown()).not.toContain('TtpUrl');
  });

  test('shows no secret that Azure repeats in an error', async () => {
    const at = stage(fresh({ 'deployment group create': { error: `(BadRequest) The value ${secret} is wrong.` } }), [
      'yes',
    ]);
    const failing = run(at);
    await expect(failing).rejects.toThrow('BadRequest');
    await expect(failing).rejects.not.toThrow(secret);
  });

  test('waits for roles that are slow, and says which command assigns them', async () => {
    const key = azure.assignments(azure.rule(2));
    const at = stage(fresh({ [key]: [azure.list(), azure.list(), ...[azure.installed[key] ?? {}].flat()] }), ['yes']);
    expect(await run(at)).toBe(true);
    expect(at.shown()).toContain(`--role "Monitoring Metrics Publisher" --scope ${azure.rule(2)}`);
  });

  test('tries again where the new roles are not known everywhere yet, and gives up in the end', async () => {
    const refused = { error: '(Forbidden) The identity may not open the container.' };
    const at = stage(fresh({ [package_]: [refused, {}] }), ['yes']);
    expect(await run(at)).toBe(true);
    expect(at.shown()).toContain('Azure did not take the package yet (Forbidden)');
    const never = stage(fresh({ [package_]: refused }), ['yes']);
    await expect(run(never)).rejects.toThrow('The identity may not open the container.');
  });

  test('says which roles never came, and sends no package', async () => {
    const at = stage(fresh({ [azure.assignments(azure.storage)]: azure.list() }), ['yes']);
    await expect(run(at)).rejects.toThrow(
      /It cannot keep its checkpoints\..*\n?.*--role "Storage Table Data Contributor"/,
    );
    expect(changesOf(at)).not.toContain(package_);
  });

  test('runs the package from the storage account on Premium', async () => {
    const premium = { json: { properties: { sku: 'ElasticPremium' }, identity: null } };
    const settings = { 'functionapp config appsettings set': {}, [`rest POST ${azure.app}/syncfunctiontriggers`]: {} };
    const at = stage(fresh({ [`rest GET ${azure.app}`]: premium, ...settings }), ['yes']);
    expect(await run(at, { plan: 'Premium' })).toBe(true);
    const set = at.calls().find(({ key }) => key === 'functionapp config appsettings set');
    expect(set?.args.join(' ')).toMatch(
      /WEBSITE_RUN_FROM_PACKAGE=https:\/\/stmimecastabcdefghijklm\.blob\.core\.windows\.net\/app-package\/packages\/[0-9a-f]{64}\.zip/,
    );
  });
});

describe('the first rows', () => {
  test('are waited for while a new role is refused, and a lasting fault is shown in plain words', async () => {
    const refused = health('SegCg', { Fault: 'unavailable', Message: 'The rule refused the identity.' });
    const denied = health('Audit', { Fault: 'denied', Message: 'Grant Audit Events.' });
    const at = stage(fresh({ [azure.queryKey]: [azure.query(...refused), azure.query(...denied)] }), ['yes']);
    expect(await run(at)).toBe(false);
    expect(at.shown()).toContain('Audit: denied. Grant Audit Events.');
    expect(at.shown()).toContain('SegCg: 12 rows arrived.');
    expect(at.shown()).toContain('docs/troubleshooting.md');
    expect(at.calls().filter(({ key }) => key === azure.queryKey)).toHaveLength(2);
  });

  test.each([
    ['the package was not loaded', { 'functionapp function list': { json: [] } }, azure.query()],
    [
      'The app’s newest error: LOGS_INGESTION is missing',
      {},
      azure.query({ OuterMessage: 'LOGS_INGESTION is missing' }),
    ],
    ['npm run preflight', {}, azure.query()],
  ])('that never come say why: %s', async (reason, changes, exceptions) => {
    const polls = Array.from({ length: 22 }, () => azure.query());
    const functions = { 'functionapp function list': { json: [{ name: 'Audit' }] }, ...changes };
    const at = stage(fresh({ ...functions, [azure.queryKey]: [...polls, exceptions] }), ['yes']);
    expect(await run(at)).toBe(false);
    expect(at.shown().replaceAll("'", '’')).toContain(reason);
    expect(at.shown()).toContain(`${due[0]}: no run was seen.`);
  });
});
