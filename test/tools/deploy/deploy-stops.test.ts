import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DeployOptions } from '../../../tools/deploy/request.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import { changesOf, stage } from '../stand-in/stage.ts';
import { fresh, run } from './stage.ts';

const table = (name: string, tableSubType: string, columns: readonly { name: string; type: string }[]) => ({
  name,
  properties: { schema: { name, tableSubType, columns } },
});
const reader = azure.list({ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] });
const contributor = azure.list({
  actions: ['*'],
  notActions: ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/*/Delete'],
  dataActions: ['*'],
  notDataActions: [],
});
const parserOf31 = {
  id: `${azure.workspace}/savedSearches/old`,
  name: 'old',
  properties: { displayName: 'Mimecast CG', functionAlias: 'mimecastcg', category: 'Functions', query: 'Seg_Cg_CL' },
};

/** What is broken, what is said about it, and what was answered before. */
const broken: readonly (readonly [string, Scenario, string | RegExp])[] = [
  ['nobody signed in', { 'account show': { error: "Please run 'az login' to setup account." } }, 'az login'],
  ['no workspace', { [`rest GET ${azure.workspace}`]: azure.missing() }, '--workspace-resource-group'],
  [
    'no resource group',
    { [`rest GET ${azure.group}`]: azure.missing('ResourceGroup') },
    'az group create --name mail --location northeurope',
  ],
  ['another cloud', { 'cloud show': { json: { name: 'AzureChinaCloud' } } }, 'AzureChinaCloud is not supported'],
  [
    'a provider not registered',
    {
      [`rest GET ${azure.subscription}/providers`]: azure.list({
        namespace: 'Microsoft.Web',
        registrationState: 'NotRegistered',
      }),
    },
    'az provider register --wait --namespace Microsoft.Web',
  ],
  [
    'no rights on the group',
    { [azure.permissions(azure.group)]: reader },
    /may not Microsoft.Resources\/deployments\/write.*\n?.*--role "Contributor"/,
  ],
  [
    'no right to assign roles',
    { [azure.permissions(azure.group)]: contributor },
    `az role assignment create --assignee ana@example.com --role "Role Based Access Control Administrator" --scope ${azure.group}`,
  ],
  [
    'no rights on the workspace',
    { [azure.permissions(azure.workspaceGroup)]: reader },
    '--role "Microsoft Sentinel Contributor"',
  ],
  [
    'no right to write blobs',
    { [azure.permissions(azure.group)]: azure.list({ actions: ['*'], notActions: [] }) },
    '--role "Storage Blob Data Contributor"',
  ],
  [
    'a workspace without Sentinel',
    { [`rest GET ${azure.workspace}/providers/Microsoft.SecurityInsights/onboardingStates/default`]: azure.missing() },
    'Microsoft Sentinel is not switched on',
  ],
  [
    'a column of another type',
    {
      [`rest GET ${azure.workspace}/tables`]: azure.list(
        table('Audit_CL', 'DataCollectionRuleBased', [{ name: 'eventTime', type: 'string' }]),
      ),
    },
    'Column eventTime of Audit_CL is string',
  ],
  [
    'a preview that would touch the workspace itself',
    { 'deployment group what-if': { json: { changes: [{ changeType: 'Modify', resourceId: azure.workspace }] } } },
    'The deployment would do what it never may',
  ],
  [
    'a preview that would delete',
    { 'deployment group what-if': { json: { changes: [{ changeType: 'Delete', resourceId: azure.vault }] } } },
    'delete',
  ],
  [
    'a preview that Azure answers with a fault',
    { 'deployment group what-if': { json: { error: { code: 'InvalidParameter', message: 'words' } } } },
    'Azure refuses the template: InvalidParameter words',
  ],
  [
    'a template that Azure refuses',
    { 'deployment group what-if': { error: '(InvalidTemplate) words' } },
    'InvalidTemplate',
  ],
];

describe('a deployment stops before harm', () => {
  test.each(broken)('with %s, and says what to do', async (_, changes, words) => {
    const at = stage(fresh(changes));
    await expect(run(at, { yes: true })).rejects.toThrow(words);
    expect(changesOf(at)).toEqual([]);
  });

  test.each<readonly [DeployOptions, string]>([
    [{ 'resource-group': '' }, '--resource-group is missing'],
    [{ workspace: '' }, '--workspace is missing'],
    [{ name: 'Mail' }, '--name must be'],
    [{ content: 'all' }, '--content must be'],
    [{ package: 'v1' }, '--package must be'],
    [{ parameters: 'README.md' }, 'must be a JSON object'],
  ])('with the options %j: %s', async (options, words) => {
    const at = stage(fresh());
    await expect(run(at, options)).rejects.toThrow(words);
    expect(at.calls()).toEqual([]);
  });

  test('with a file that sets what is no parameter for a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'parameters-')), 'parameters.json');
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    writeFileSync(file, '{"retentionDays": 90, "mimecastClientSecret": "hidden"}');
    const refused = run(stage(fresh()), { parameters: file });
    await expect(refused).rejects.toThrow('must not set mimecastClientSecret');
    await expect(refused).rejects.not.toThrow('hidden');
  });

  test('with roles that nobody may assign it goes on where an administrator assigns them', async () => {
    const at = stage(fresh({ [azure.permissions(azure.group)]: contributor }), ['yes']);
    expect(await run(at, { 'no-assign-roles': true })).toBe(true);
  });
});

describe('a deployment that Azure refuses midway', () => {
  test.each([
    ['(RequestDisallowedByPolicy) The policy tags wants more.', /policy tags wants more[^]*--parameters/],
    ['(RoleAssignmentExists) words', /--no-assign-roles/],
    ['A vault with the same name already exists in deleted state.', /recoverVault/],
    ['(LocationNotAvailableForResourceType) words', /--location/],
    ['(SubscriptionIsOverQuotaForSku) words', /more quota/],
    ['(AuthorizationFailed) words', /docs\/rights\.md/],
    ['(Unheard) words', /Unheard[^]*Run npm run deploy again/],
  ])('with %j says what to do, and that it goes on from there', async (error, words) => {
    const at = stage(fresh({ 'deployment group create': { error } }), ['yes']);
    const failing = run(at);
    await expect(failing).rejects.toThrow(words);
    await expect(failing).rejects.toThrow('it goes on from there');
    expect(changesOf(at)).toEqual(['deployment group create']);
  });
});

describe('what cannot be undone', () => {
  const classic = {
    [`rest GET ${azure.workspace}/tables`]: azure.list(
      table('Audit_CL', 'Classic', [{ name: 'user_s', type: 'string' }]),
    ),
  };
  const migrate = `rest POST ${azure.workspace}/tables/Audit_CL/migrate`;

  test('is not done at a no, nor by --yes alone', async () => {
    const no = stage(fresh(classic), ['no']);
    await expect(run(no)).rejects.toThrow('only after a yes, or with --migrate-tables');
    const pipeline = stage(fresh(classic));
    await expect(run(pipeline, { yes: true })).rejects.toThrow('--migrate-tables');
    expect([...changesOf(no), ...changesOf(pipeline)]).toEqual([]);
  });

  test.each([
    [['yes', 'yes'], {}],
    [['yes'], { 'migrate-tables': true }],
  ])('is done before the deployment after a yes (%j, %j)', async (answers, options) => {
    const at = stage(fresh({ ...classic, [migrate]: {} }), answers);
    expect(await run(at, options)).toBe(true);
    expect(changesOf(at).slice(0, 2)).toEqual([migrate, 'deployment group create']);
  });

  test('is asked for also where Azure can preview only what is migrated, and nothing is deployed that it then refuses', async () => {
    const early = { error: '(TableNotMigrated) words' };
    const harm = { json: { changes: [{ changeType: 'Delete', resourceId: azure.vault }] } };
    const fine = { json: { changes: [] } };
    const whatIf = 'deployment group what-if';
    const at = stage(fresh({ ...classic, [migrate]: {}, [whatIf]: [early, fine] }), ['yes', 'yes']);
    expect(await run(at)).toBe(true);
    expect(at.shown()).toContain('Azure cannot tell before the tables are migrated');
    const harmful = stage(fresh({ ...classic, [migrate]: {}, [whatIf]: [early, harm] }), ['yes', 'yes']);
    await expect(run(harmful)).rejects.toThrow('what it never may');
    expect(changesOf(harmful)).toEqual([migrate]);
  });

  test('names who else owns our functions, keeps their text and removes them after a yes', async () => {
    const parser = { [`rest GET ${azure.workspace}/savedSearches`]: azure.list(parserOf31) };
    const no = stage(fresh(parser), ['no']);
    await expect(run(no)).rejects.toThrow('--replace-functions');
    expect(changesOf(no)).toEqual([]);
    const remove = `rest DELETE ${azure.workspace}/savedSearches/old`;
    const at = stage(fresh({ ...parser, [remove]: {} }), ['yes', 'yes']);
    expect(await run(at)).toBe(true);
    expect(at.shown()).toContain('The function MimecastCG belongs to the saved search "Mimecast CG"');
    expect([...at.files.values()].join()).toContain('Seg_Cg_CL');
    expect(changesOf(at)[0]).toBe(remove);
  });
});
