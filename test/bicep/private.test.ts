import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { readSettings } from '../../functions/settings.ts';
import { nowMs } from '../minimal-environment.ts';
import { textOf } from './compiler/functions.ts';
import { deploy, group, ofType, otherGroup, part } from './deployment.ts';

const privateLinkScopeId = `${otherGroup}/providers/Microsoft.Insights/privateLinkScopes/scope`;
const network = `${otherGroup}/providers/Microsoft.Network/virtualNetworks/hub/subnets`;
const subnets = { appSubnetId: `${network}/app`, endpointSubnetId: `${network}/endpoints` };
const zone = (name: string) => `${otherGroup}/providers/Microsoft.Network/privateDnsZones/${name}`;

describe.each([
  ['a network that is there', { privateLinkScopeId, ...subnets }],
  ['a network of its own', { privateLinkScopeId }],
  ['Premium', { privateLinkScopeId, plan: 'Premium' }],
])('private networking with %s', (_, parameters) => {
  const deployment = deploy(parameters);

  it('leaves nothing open to the internet', () => {
    const open = deployment.resources.filter(({ body }) =>
      /"publicNetworkAccess\w*":"Enabled"|"defaultAction":"Allow"/.test(JSON.stringify(body)),
    );
    expect(open.map(({ type }) => type)).toEqual([]);
    for (const type of ['/storageAccounts', '/vaults', '/sites']) {
      const [resource] = ofType(deployment, type);
      expect(part(resource?.body, 'properties', 'publicNetworkAccess')).toBe('Disabled');
    }
  });

  it('sends rows through an endpoint in the scope', () => {
    const [endpoint] = ofType(deployment, '/dataCollectionEndpoints');
    expect(endpoint?.body['location']).toBe('westeurope');
    for (const { body } of ofType(deployment, '/dataCollectionRules')) {
      expect([part(body, 'properties', 'dataCollectionEndpointId'), body['kind']]).toEqual([endpoint?.id, null]);
      expect(body['name']).toMatch(/-private$/);
    }
    const members = ofType(deployment, '/scopedResources').map(({ id, body }) => [
      id.split('/scopedResources')[0],
      part(body, 'properties', 'linkedResourceId'),
    ]);
    const [insights] = ofType(deployment, '/components');
    expect(members).toEqual([endpoint?.id, insights?.id].map((id) => [privateLinkScopeId, id]));
    const [config] = ofType(deployment, '/sites/config');
    const environment = Object(part(config?.body, 'properties'));
    const { logsIngestion } = readSettings(environment, connectors, nowMs);
    for (const to of logsIngestion) expect(to.endpoint).toContain('.private.ingest.');
  });

  it('reaches storage, vault and app by private endpoints', () => {
    const groups = ofType(deployment, '/privateEndpoints').map(({ body }) =>
      textOf(part(body, 'properties', 'privateLinkServiceConnections', 0, 'properties', 'groupIds', 0)),
    );
    expect(groups.filter((name) => name !== 'azuremonitor').toSorted((a, b) => a.localeCompare(b))).toEqual([
      'blob',
      'sites',
      'table',
      'vault',
    ]);
  });
});

describe('the network', () => {
  it('is made when no subnet is given, with a way out, zones and an endpoint for the scope', () => {
    const deployment = deploy({ privateLinkScopeId });
    const [made] = ofType(deployment, '/virtualNetworks');
    const [site] = ofType(deployment, '/sites');
    expect(part(site?.body, 'properties', 'virtualNetworkSubnetId')).toBe(`${made?.id}/subnets/app`);
    expect(ofType(deployment, '/natGateways')).toHaveLength(1);
    expect(ofType(deployment, '/privateDnsZones')).toHaveLength(8);
    expect(ofType(deployment, '/virtualNetworkLinks')).toHaveLength(8);
    const zones = ofType(deployment, '/privateDnsZoneGroups').flatMap(({ body }) =>
      [part(body, 'properties', 'privateDnsZoneConfigs')].flat(),
    );
    const made8 = ofType(deployment, '/privateDnsZones').map(({ id }) => id);
    for (const each of zones) expect(made8).toContain(part(each, 'properties', 'privateDnsZoneId'));
  });

  it.each([
    ['Flex', 'Microsoft.App/environments'],
    ['Premium', 'Microsoft.Web/serverFarms'],
  ])('lends the app its subnet for %s', (plan, service) => {
    const [made] = ofType(deploy({ privateLinkScopeId, plan }), '/virtualNetworks');
    expect(
      part(made?.body, 'properties', 'subnets', 0, 'properties', 'delegations', 0, 'properties', 'serviceName'),
    ).toBe(service);
  });

  it('is the one given, and registers only in the zones given', () => {
    const deployment = deploy({
      privateLinkScopeId,
      ...subnets,
      privateDnsZoneIds: { blob: zone('privatelink.blob.core.windows.net') },
    });
    for (const type of ['/virtualNetworks', '/natGateways', '/privateDnsZones'])
      expect(ofType(deployment, type)).toEqual([]);
    for (const { body } of ofType(deployment, '/privateEndpoints'))
      expect(part(body, 'properties', 'subnet', 'id')).toBe(subnets.endpointSubnetId);
    const registered = ofType(deployment, '/privateDnsZoneGroups').map(
      ({ id }) => id.split('/privateEndpoints/')[1]?.split('-')[1],
    );
    expect(registered).toEqual(['blob']);
  });

  it('takes both subnets or none', () => {
    expect(() => deploy({ privateLinkScopeId, appSubnetId: subnets.appSubnetId })).toThrow(
      'both appSubnetId and endpointSubnetId',
    );
  });

  it('keeps the endpoints of a vault and a storage account that are there', () => {
    const vaultId = `${otherGroup}/providers/Microsoft.KeyVault/vaults/own`;
    const storageId = `${otherGroup}/providers/Microsoft.Storage/storageAccounts/own`;
    const endpoints = ofType(deploy({ privateLinkScopeId, ...subnets, vaultId, storageId }), '/privateEndpoints');
    expect(endpoints.map(({ id }) => id)).toEqual([
      expect.stringContaining(`${group}/providers/Microsoft.Network/privateEndpoints/pe-sites-`),
    ]);
  });

  it('can be gone out through without a scope', () => {
    const [site] = ofType(deploy({ appSubnetId: subnets.appSubnetId }), '/sites');
    expect(part(site?.body, 'properties', 'virtualNetworkSubnetId')).toBe(subnets.appSubnetId);
    expect(part(site?.body, 'properties', 'publicNetworkAccess')).toBe('Enabled');
  });
});

describe('the plans', () => {
  it('are Premium in Azure Government and Flex elsewhere', () => {
    const planOf = (cloud: 'AzureCloud' | 'AzureUSGovernment') =>
      part(ofType(deploy({}, cloud), '/serverfarms')[0]?.body, 'sku', 'name');
    expect([planOf('AzureCloud'), planOf('AzureUSGovernment')]).toEqual(['FC1', 'EP1']);
  });

  it('tell the app the cloud', () => {
    const [config] = ofType(deploy({}, 'AzureUSGovernment'), '/sites/config');
    expect(part(config?.body, 'properties')).toMatchObject({
      AZURE_CLOUD: 'usgov',
      CHECKPOINT_STORAGE: expect.stringMatching(/\.table\.core\.usgovcloudapi\.net$/),
      FUNCTIONS_WORKER_RUNTIME: 'node',
    });
  });

  it('take a package when one is given, and otherwise leave the code as it is', () => {
    const packageUrl = 'https://example.com/package.zip';
    expect(ofType(deploy(), '/sites/extensions')).toEqual([]);
    expect(part(ofType(deploy({ packageUrl }), '/sites/extensions')[0]?.body, 'properties', 'packageUri')).toBe(
      packageUrl,
    );
    const settings = (parameters: object) =>
      part(ofType(deploy({ plan: 'Premium', ...parameters }), '/sites/config')[0]?.body, 'properties');
    const installedSettings = { WEBSITE_RUN_FROM_PACKAGE: 'https://example.com/old.zip' };
    expect(settings({ installedSettings })).toMatchObject(installedSettings);
    expect(settings({ installedSettings, packageUrl })).toMatchObject({ WEBSITE_RUN_FROM_PACKAGE: packageUrl });
  });
});
