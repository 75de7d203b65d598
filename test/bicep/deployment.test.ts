import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { readSchedules } from '../../functions/settings/schedule.ts';
import { readSettings } from '../../functions/settings.ts';
import { tables } from '../../functions/tables/index.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { allColumns } from '../../functions/tables/table.ts';
import { checkQuery } from '../../local/sentinel/content/check-query.ts';
import { nowMs, tableNames } from '../minimal-environment.ts';
import { alertGlobals } from './alert-globals.ts';
import { textOf } from './compiler/functions.ts';
import { deploy, group, ofType, otherGroup, part, workspaceId } from './deployment.ts';

const given = (type: string, name: string) => `${otherGroup}/providers/${type}/${name}`;

/** The environment that a deployment gives the app. */
function environmentOf(parameters: JsonObject = {}, cloud?: 'AzureUSGovernment'): Record<string, string> {
  const [config] = ofType(deploy(parameters, cloud), '/sites/config');
  const settings = part(config?.body, 'properties');
  return Object.fromEntries(Object.entries(settings ?? {}).map(([name, value]) => [name, String(value)]));
}

describe('a first deployment', () => {
  const first = deploy();

  it('creates what is needed in its group, and in the workspace only tables and content', () => {
    const elsewhere = first.resources.filter(({ id }) => !id.startsWith(`${group}/`));
    expect(new Set(elsewhere.map(({ type }) => type))).toEqual(
      new Set([
        'Microsoft.OperationalInsights/workspaces/tables',
        'Microsoft.OperationalInsights/workspaces/savedSearches',
        'Microsoft.SecurityInsights/watchlists',
        'Microsoft.SecurityInsights/alertRules',
        'Microsoft.Insights/workbooks',
      ]),
    );
    expect(first.resources.filter(({ id }) => id === workspaceId)).toEqual([]);
    expect(new Set(first.resources.map(({ id }) => id.toLowerCase())).size).toBe(first.resources.length);
  });

  it('creates every table with every column', () => {
    const created = ofType(first, '/workspaces/tables').map(({ body }) => [
      body['name'],
      Object.fromEntries(
        [part(body, 'properties', 'schema', 'columns')]
          .flat()
          .map((column) => [part(column, 'name'), part(column, 'type')]),
      ),
    ]);
    expect(created).toEqual(tables.map((table) => [table.name, allColumns(table)]));
    for (const { body } of ofType(first, '/workspaces/tables'))
      expect(Object.keys(Object(body['properties']))).toEqual(['schema']);
  });

  it('sends each stream to its table, in the region of the workspace', () => {
    const rules = ofType(first, '/dataCollectionRules');
    const streams = rules.flatMap(({ body }) => Object.entries(Object(part(body, 'properties', 'streamDeclarations'))));
    expect(streams.map(([stream]) => stream)).toEqual(tableNames.map((name) => `Custom-${name}`));
    for (const { body } of rules) {
      expect([body['location'], body['kind']]).toEqual(['westeurope', 'Direct']);
      const flows = [part(body, 'properties', 'dataFlows')].flat();
      for (const flow of flows) expect(part(flow, 'streams', 0)).toBe(part(flow, 'outputStream'));
      expect(flows.length).toBe(Object.keys(Object(part(body, 'properties', 'streamDeclarations'))).length);
    }
    const types = new Set(JSON.stringify(streams).match(/(?<="type":")\w+/g));
    expect(types).toEqual(new Set(['boolean', 'datetime', 'dynamic', 'long', 'real', 'string']));
  });

  it('gives the app settings that it takes', () => {
    const environment = environmentOf();
    const settings = readSettings(environment, connectors, nowMs);
    expect(settings.logsIngestion.flatMap((to) => to.tables)).toEqual(tableNames);
    expect(settings.secrets).toMatchObject({
      kind: 'vault',
      url: expect.stringMatching(/^https:\/\/kv\w+\.vault\.azure\.net$/),
    });
    expect(settings.checkpoints).toMatchObject({
      kind: 'url',
      url: expect.stringMatching(/\.table\.core\.windows\.net$/),
    });
    expect(settings.connectors.size).toBe(5);
    expect(readSchedules(environment, connectors)).toEqual(readSchedules({}, connectors));
  });

  it('leaves the vault alone and creates informational rules disabled', () => {
    expect(ofType(first, '/vaults/secrets')).toEqual([]);
    const rules = ofType(first, '/alertRules').map(({ body }) => Object(body['properties']));
    for (const { severity, enabled } of rules) expect(enabled).toBe(severity !== 'Informational');
    expect(rules.some(({ enabled }) => enabled)).toBe(true);
    for (const { body } of ofType(deploy({ enableRules: false }), '/alertRules'))
      expect(part(body, 'properties', 'enabled')).toBe(false);
  });

  it('writes durations as the API takes them', () => {
    for (const { body } of ofType(first, '/alertRules')) {
      const grouping = part(body, 'properties', 'incidentConfiguration', 'groupingConfiguration', 'lookbackDuration');
      const own = ['queryFrequency', 'queryPeriod', 'suppressionDuration'].map((name) =>
        part(body, 'properties', name),
      );
      for (const duration of [...own, grouping]) expect(duration).toMatch(/^P(\d+D|T\d+[HM])$/);
      expect(part(body, 'properties', 'triggerOperator')).toMatch(/^(GreaterThan|LessThan|Equal|NotEqual)$/);
    }
  });

  it('has alerts whose queries bind as they are sent', () => {
    const queries = ofType(first, '/scheduledQueryRules').map(({ body }) =>
      part(body, 'properties', 'criteria', 'allOf', 0, 'query'),
    );
    expect(queries).toHaveLength(4);
    for (const query of queries) expect(checkQuery(textOf(query), alertGlobals)).toEqual([]);
  });

  it('comes to the same each time, under the same names', () => {
    expect(deploy()).toEqual(first);
  });
});

describe('a further deployment', () => {
  const content = ['savedSearches', 'alertRules', 'workbooks', 'watchlists', 'scheduledQueryRules'];
  const installed = content.flatMap((type) =>
    ofType(deploy(), `/${type}`).map(({ id }) => `${type}/${id.split('/').at(-1)?.toUpperCase()}`),
  );
  const contentOf = (parameters: JsonObject) => {
    const deployment = deploy({ existingContent: installed, ...parameters });
    return content.flatMap((type) => ofType(deployment, `/${type}`)).map(({ type }) => type.split('/').at(-1));
  };

  it('sends nothing that is there', () => {
    expect(installed.length).toBeGreaterThan(30);
    expect(contentOf({})).toEqual([]);
    expect(contentOf({ existingContent: installed.slice(1) })).toEqual(['savedSearches']);
  });

  it('overwrites all but watchlists when told to', () => {
    expect(contentOf({ content: 'overwrite' })).toHaveLength(installed.length - 2);
    expect(contentOf({ content: 'overwrite' })).not.toContain('watchlists');
  });

  it('sends health alerts even without content', () => {
    expect(contentOf({ content: 'none', existingContent: [] })).toEqual(Array(4).fill('scheduledQueryRules'));
  });

  it('keeps settings that no parameter sets, and renews the others', () => {
    const installedSettings = {
      'AzureWebJobs.Ttp.Disabled': 'true',
      RUN_BUDGET_SECONDS: '400',
      LOGS_INGESTION: 'old',
      START_DATE: '2026-10-01',
    };
    const kept = environmentOf({ installedSettings });
    expect(kept).toMatchObject({
      'AzureWebJobs.Ttp.Disabled': 'true',
      RUN_BUDGET_SECONDS: '400',
      START_DATE: '2026-10-01',
    });
    expect(kept['LOGS_INGESTION']).not.toBe('old');
    expect(environmentOf({ installedSettings, startDate: '2026-11-01' })['START_DATE']).toBe('2026-11-01');
  });

  it('sends only tables that lack a column, with theirs first and untouched', () => {
    const columns = (name: string) =>
      tables.filter((table) => table.name === name).flatMap((table) => Object.entries(allColumns(table)));
    const whole = columns('Audit_CL').map(([column, type]) => ({ name: column, type }));
    const old = [
      { name: 'category_s', type: 'string' },
      { name: 'timestamp', type: 'string' },
    ];
    const sent = ofType(deploy({ existingTables: { Audit_CL: whole, Seg_Cg_CL: old } }), '/workspaces/tables');
    expect(sent.map(({ body }) => body['name'])).toEqual(tableNames.filter((name) => name !== 'Audit_CL'));
    const seg = sent.find(({ body }) => body['name'] === 'Seg_Cg_CL');
    const after = [part(seg?.body, 'properties', 'schema', 'columns')].flat();
    expect(after.slice(0, 2)).toEqual(old);
    expect(after).toHaveLength(old.length + columns('Seg_Cg_CL').length - 1);
  });
});

describe('parameters', () => {
  it('put secrets into the vault and nowhere else', () => {
    const deployment = deploy({ mimecastClientId: 'the-id', mimecastClientSecret: 'the-secret' });
    const holders = deployment.resources.filter((resource) => JSON.stringify(resource).includes('the-secret'));
    expect(holders.map(({ id }) => id.split('/').at(-1))).toEqual(['mimecast-client-secret']);
    expect(JSON.stringify(deployment.outputs)).not.toContain('the-');
    expect(ofType(deploy({ mimecastClientSecret: 'new' }), '/vaults/secrets')).toHaveLength(1);
  });

  it('leave roles to an administrator', () => {
    expect(ofType(deploy(), '/roleAssignments')).toHaveLength(5);
    expect(ofType(deploy({ assignRoles: false }), '/roleAssignments')).toEqual([]);
  });

  it('use an identity, a vault and a storage account that are there', () => {
    const identityId = given('Microsoft.ManagedIdentity/userAssignedIdentities', 'own');
    const vaultId = given('Microsoft.KeyVault/vaults', 'own');
    const storageId = given('Microsoft.Storage/storageAccounts', 'own');
    const deployment = deploy({ identityId, vaultId, storageId, mimecastClientId: 'id' });
    for (const type of ['/userAssignedIdentities', '/vaults', '/storageAccounts', '/containers'])
      expect(ofType(deployment, type)).toEqual([]);
    const scopes = ofType(deployment, '/roleAssignments').map(
      ({ id }) => id.split('/providers/Microsoft.Authorization')[0],
    );
    expect(new Set(scopes.slice(0, 3))).toEqual(new Set([vaultId, storageId]));
    for (const { body } of ofType(deployment, '/roleAssignments'))
      expect(part(body, 'properties', 'principalId')).toBe('principal-of-own');
    expect(ofType(deployment, '/vaults/secrets').map(({ id }) => id)).toEqual([
      `${vaultId}/secrets/mimecast-client-id`,
    ]);
  });

  it('send plan and retention only when asked to, and Basic only where no content reads it', () => {
    const propertiesOf = (parameters: JsonObject) =>
      ofType(deploy(parameters), '/workspaces/tables').map(({ body }) =>
        Object.keys(Object(body['properties'])).slice(1).join(),
      );
    expect(new Set(propertiesOf({ retentionDays: 90, totalRetentionDays: 365 }))).toEqual(
      new Set(['retentionInDays,totalRetentionInDays']),
    );
    const basic = { content: 'none', basicTables: ['Seg_Cg_CL'], retentionDays: 90 };
    expect(propertiesOf(basic).filter((text) => text !== 'retentionInDays')).toEqual(['plan']);
    expect(() => deploy({ basicTables: ['Seg_Cg_CL'] })).toThrow('can not read Basic tables');
  });

  it('tag everything that can have tags', () => {
    const tags = { cost: '42' };
    const scope = given('Microsoft.Insights/privateLinkScopes', 'scope');
    const untagged = deploy({ tags, alertReceiver: 'soc@example.com', privateLinkScopeId: scope }).resources.filter(
      ({ body }) => 'location' in body && JSON.stringify(body['tags']) !== JSON.stringify(tags),
    );
    expect(untagged.map(({ type }) => type)).toEqual([]);
  });

  it.each([
    ['', [], 0],
    ['soc@example.com', [expect.stringContaining('/actionGroups/ag-mimecast')], 1],
    [given('Microsoft.Insights/actionGroups', 'soc'), [given('Microsoft.Insights/actionGroups', 'soc')], 0],
  ])('send alerts to %j', (alertReceiver, receivers, created) => {
    const deployment = deploy({ alertReceiver });
    expect(ofType(deployment, '/actionGroups')).toHaveLength(created);
    for (const { body } of ofType(deployment, '/scheduledQueryRules'))
      expect(part(body, 'properties', 'actions', 'actionGroups')).toEqual(receivers);
  });

  it('tell alerts which connectors are on, and the app which schedules it has', () => {
    const parameters = { connectors: ['seg'], schedules: { seg: '0 0 * * * *' } };
    const queries = ofType(deploy(parameters), '/scheduledQueryRules').map(({ body }) =>
      textOf(part(body, 'properties', 'criteria', 'allOf', 0, 'query')),
    );
    for (const query of queries)
      expect(query).toMatch(/^let connectors = dynamic\(\["seg"\]\);\nlet rescheduled = dynamic\(\["seg"\]\);\n/);
    expect(environmentOf(parameters)).toMatchObject({ CONNECTORS: 'seg', SEG_SCHEDULE: '0 0 * * * *' });
  });
});
