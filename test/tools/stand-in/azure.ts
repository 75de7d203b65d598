import type { Json, JsonObject } from '../../../functions/tables/json.ts';
import { tables } from '../../../functions/tables/index.ts';
import type { Reply, Scenario } from './scenario.ts';

export const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
export const group = `${subscription}/resourceGroups/mail`;
export const workspaceGroup = `${subscription}/resourceGroups/siem`;
export const workspace = `${workspaceGroup}/providers/Microsoft.OperationalInsights/workspaces/sentinel`;
const longName = 'mimecast-abcdefghijklm';
export const appName = `func-${longName}`;
export const app = `${group}/providers/Microsoft.Web/sites/${appName}`;
export const storage = `${group}/providers/Microsoft.Storage/storageAccounts/stmimecastabcdefghijklm`;
export const vault = `${group}/providers/Microsoft.KeyVault/vaults/kvmimecastabcdefghijklm`;
export const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-${longName}`;
export const rule = (number: 1 | 2) =>
  `${group}/providers/Microsoft.Insights/dataCollectionRules/dcr-${longName}-${number}`;
const clientId = '11111111-1111-1111-1111-111111111111';
const principalId = '22222222-2222-2222-2222-222222222222';

export const list = (...value: readonly Json[]): Reply => ({ json: { value } });
export const missing = (what = 'Resource'): Reply => ({ error: `Not Found({"error":{"code":"${what}NotFound"}})` });
export const query = (...rows: readonly JsonObject[]): Reply => {
  const names = Object.keys(rows[0] ?? { Feed: '' });
  const columns = names.map((name) => ({ name, type: 'string' }));
  return {
    json: {
      tables: [{ name: 'PrimaryResult', columns, rows: rows.map((row) => names.map((name) => row[name] ?? null)) }],
    },
  };
};
export const queryKey = 'rest POST https://api.loganalytics.io/v1/workspaces/customer/query';
export const assignments = (scope: string) => `rest GET ${scope}/providers/Microsoft.Authorization/roleAssignments`;
export const permissions = (scope: string) => `rest GET ${scope}/providers/Microsoft.Authorization/permissions`;

/** An owner who may also read and write blobs. */
const owner: Reply = list({
  actions: ['*'],
  notActions: [],
  dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
  notDataActions: [],
});

/** The settings of an app as Bicep makes them, in the shape az lists them. */
export function appSettings(changes: Readonly<Record<string, string>> = {}): Reply {
  const half = tables.map(({ name }) => name);
  const settings = {
    MIMECAST_BASE_URL: 'https://api.services.mimecast.com',
    KEY_VAULT_URL: 'https://kvmimecastabcdefghijklm.vault.azure.net',
    LOGS_INGESTION: JSON.stringify([
      { endpoint: 'https://one.ingest.monitor.azure.com', rule: 'dcr-one', tables: half.slice(0, 6) },
      { endpoint: 'https://two.ingest.monitor.azure.com', rule: 'dcr-two', tables: half.slice(6) },
    ]),
    CHECKPOINT_STORAGE: 'https://stmimecastabcdefghijklm.table.core.windows.net',
    ACCOUNT: 'mimecast',
    AZURE_CLIENT_ID: clientId,
    AZURE_CLOUD: 'public',
    CONNECTORS: 'audit,seg,ttp,awareness,cloudIntegrated',
    ...changes,
  };
  return { json: Object.entries(settings).map(([name, value]) => ({ name, value, slotSetting: false })) };
}

const providers = [
  'Web',
  'Storage',
  'KeyVault',
  'ManagedIdentity',
  'Insights',
  'OperationalInsights',
  'SecurityInsights',
  'AlertsManagement',
];

/** A role assigned to the app's identity. */
export function assigned(...roleIds: readonly string[]): Reply {
  const path = `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
  return list(
    ...roleIds.map((id) => ({ id: `/above/${id}`, properties: { principalId, roleDefinitionId: `${path}/${id}` } })),
  );
}

/** The subscription as it is where all is well: with the connector from the first call on. */
export const installed: Scenario = {
  'account show': { json: { id: subscription.split('/')[2] ?? '', user: { name: 'ana@example.com', type: 'user' } } },
  'cloud show': { json: { name: 'AzureCloud' } },
  [`rest GET ${group}`]: { json: { id: group, location: 'westeurope' } },
  [`rest GET ${workspace}`]: {
    json: { id: workspace, location: 'northeurope', properties: { customerId: 'customer' } },
  },
  [`rest GET ${group}/providers/Microsoft.Resources/deployments/mimecast-connector-mimecast`]: missing('Deployment'),
  [`rest GET ${subscription}/providers`]: list(
    ...providers.map((name) => ({ namespace: `Microsoft.${name}`, registrationState: 'Registered' })),
  ),
  [permissions(group)]: owner,
  [permissions(workspaceGroup)]: owner,
  [`rest GET ${workspace}/providers/Microsoft.SecurityInsights/onboardingStates/default`]: { json: { id: 'default' } },
  [`rest GET ${workspace}/tables`]: list(),
  [`rest GET ${group}/providers/Microsoft.Web/sites`]: list({
    id: app,
    name: appName,
    kind: 'functionapp,linux',
    properties: { state: 'Running' },
  }),
  'functionapp config appsettings list': appSettings(),
  [`rest GET ${app}`]: {
    json: {
      id: app,
      properties: { sku: 'FlexConsumption' },
      identity: { userAssignedIdentities: { [identity]: { principalId, clientId } } },
    },
  },
  [`rest GET ${group}/providers/Microsoft.Insights/dataCollectionRules`]: list(
    { id: rule(1), name: 'dcr-1', properties: { immutableId: 'dcr-one' } },
    { id: rule(2), name: 'dcr-2', properties: { immutableId: 'dcr-two' } },
  ),
  [`rest GET ${subscription}/providers/Microsoft.Storage/storageAccounts`]: list({
    id: storage,
    name: 'stmimecastabcdefghijklm',
  }),
  [`rest GET ${subscription}/providers/Microsoft.KeyVault/vaults`]: list({
    id: vault,
    name: 'kvmimecastabcdefghijklm',
  }),
  [assignments(rule(1))]: assigned('3913510d-42f4-4e42-8a64-420c390055eb'),
  [assignments(rule(2))]: assigned('3913510d-42f4-4e42-8a64-420c390055eb'),
  [assignments(storage)]: assigned('b7e6dc6d-f1e8-4753-8033-0f276bb0955b', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'),
  [assignments(vault)]: assigned('4633458b-17de-408a-b874-0445c86b69e6'),
  [`rest GET ${workspace}/savedSearches`]: list(),
  [`rest GET ${workspace}/providers/Microsoft.SecurityInsights/alertRules`]: list(),
  [`rest GET ${workspace}/providers/Microsoft.SecurityInsights/watchlists`]: list(),
  [`rest GET ${workspaceGroup}/providers/Microsoft.Insights/workbooks`]: list(),
  [`rest GET ${group}/providers/Microsoft.Insights/scheduledQueryRules`]: list(),
  'deployment group what-if': { json: { changes: [{ changeType: 'Create', resourceId: app }] } },
  'deployment group create': { json: { properties: { provisioningState: 'Succeeded' } } },
  'storage blob exists': { json: { exists: false } },
  'storage blob upload': { json: { etag: '1' } },
  'functionapp deployment source config-zip': { json: { status: 4 } },
  [queryKey]: query(),
};
