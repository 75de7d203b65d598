import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Secrets } from '../../../functions/collect/ports.ts';
import { axiosHttp } from '../../../functions/mimecast/http.ts';
import { feeds } from '../../../functions/feeds/index.ts';
import { tables } from '../../../functions/tables/index.ts';
import { allColumns } from '../../../functions/tables/table.ts';
import { type Product, type Tenant, startTenant } from '../../../local/mimecast/tenant.ts';
import { plainCampaign, plainEvents } from '../../../local/mimecast/plain-events.ts';
import { reach } from '../../../tools/preflight/network.ts';
import { type PreflightWorld, preflight } from '../../../tools/preflight/preflight.ts';
import { fakeClock } from '../../fakes/clock.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import { changesOf, stage } from '../stand-in/stage.ts';

const ourTables = tables.map((table) => ({
  name: table.name,
  properties: {
    schema: {
      tableSubType: 'DataCollectionRuleBased',
      columns: Object.entries(allColumns(table)).map(([name, type]) => ({ name, type })),
    },
  },
}));
const tablesKey = `rest GET ${azure.workspace}/tables`;
const settingsKey = 'functionapp config appsettings list';
const sitesKey = `rest GET ${azure.group}/providers/Microsoft.Web/sites`;
const secretList = (expires: string | null = null) => ({
  json: ['mimecast-client-id', 'mimecast-client-secret'].map((name) => ({ name, attributes: { expires } })),
});

const products: readonly Product[] = [
  'auditevents',
  'securityevents',
  'awarenesstraining',
  'threatssecurityeventsanddataforcg',
  'threatssecurityeventsanddataforci',
];

interface Changes {
  readonly scenario?: Scenario;
  readonly tenant?: (tenant: Tenant) => void;
  readonly world?: Partial<PreflightWorld>;
  readonly settings?: Readonly<Record<string, string>>;
}

/** A deployed connector and a tenant where all is well, with what a test breaks. @returns what was shown */
async function run({ scenario = {}, tenant: change, world, settings = {} }: Changes = {}) {
  const tenant = await startTenant();
  onTestFinished(() => tenant.close());
  tenant.addCampaign(
    plainCampaign(1, 1, Date.now()),
    plainEvents('AwarenessUserData', { seed: 1, count: 2, from: 0, to: 1 }),
  );
  change?.(tenant);
  const at = stage({
    ...azure.installed,
    [settingsKey]: azure.appSettings({ MIMECAST_BASE_URL: tenant.origin, ...settings }),
    [tablesKey]: azure.list(...ourTables),
    'keyvault secret list': secretList(),
    ...scenario,
  });
  const secrets: Secrets = {
    get: async () => ({ clientId: 'simulated-client', clientSecret: 'simulated-secret' }),
    expire: () => undefined,
  };
  const names = { resourceGroup: 'mail', workspace: 'sentinel', workspaceResourceGroup: 'siem' };
  const own = {
    http: axiosHttp(5_000),
    secretsOf: () => secrets,
    reach: async () => undefined,
    clock: fakeClock(Date.now()),
  };
  const isWell = await preflight(
    { names, name: 'mimecast', baseUrl: tenant.origin },
    { ...at.world, ...own, ...world },
  );
  expect(changesOf(at)).toEqual([]);
  const lines = at.shown().split('\n');
  return { isWell, lines, failed: lines.filter((line) => line.startsWith('FAIL')), calls: at.calls() };
}

describe('preflight', () => {
  test('says of a connector where all is well one line for each check', async () => {
    const { isWell, lines, failed } = await run();
    expect(failed).toEqual([]);
    expect(isWell).toBe(true);
    expect(lines).toEqual(expect.arrayContaining(feeds.map(({ name }) => `ok    ${name} may be read`)));
    expect(lines.filter((line) => line.startsWith('ok    role'))).toHaveLength(5);
    expect(lines.at(-1)).toBe('All is well.');
  });

  test.each<readonly [string, Changes, RegExp]>([
    [
      'a provider',
      { scenario: { [`rest GET ${azure.subscription}/providers`]: azure.list() } },
      /az provider register --wait --namespace Microsoft.Web/,
    ],
    ['a setting', { settings: { START_DATE: 'soon' } }, /settings of the app: .*\n?START_DATE/],
    [
      'an app that is stopped',
      {
        scenario: {
          [sitesKey]: azure.list({
            id: azure.app,
            name: azure.appName,
            kind: 'functionapp',
            properties: { state: 'Stopped' },
          }),
        },
      },
      /az functionapp start --ids/,
    ],
    [
      'an app that is paused',
      { settings: { 'AzureWebJobs.Seg.Disabled': 'true' } },
      /paused by AzureWebJobs\.Seg\.Disabled/,
    ],
    [
      'the role on a rule',
      { scenario: { [azure.assignments(azure.rule(2))]: azure.list() } },
      /cannot send rows. az role assignment create .* --role "Monitoring Metrics Publisher" --scope .*dcr-mimecast-abcdefghijklm-2/,
    ],
    [
      'the role on the vault',
      { scenario: { [azure.assignments(azure.vault)]: azure.list() } },
      /"Key Vault Secrets User"/,
    ],
    [
      'the roles on the storage',
      { scenario: { [azure.assignments(azure.storage)]: azure.assigned('b7e6dc6d-f1e8-4753-8033-0f276bb0955b') } },
      /cannot keep its checkpoints/,
    ],
    [
      'a rule that is gone',
      { scenario: { [`rest GET ${azure.group}/providers/Microsoft.Insights/dataCollectionRules`]: azure.list() } },
      /names dcr-one, dcr-two, which are not there/,
    ],
    [
      'a storage account that is gone',
      { scenario: { [`rest GET ${azure.subscription}/providers/Microsoft.Storage/storageAccounts`]: azure.list() } },
      /storage account: CHECKPOINT_STORAGE/,
    ],
    [
      'a vault that is gone',
      { scenario: { [`rest GET ${azure.subscription}/providers/Microsoft.KeyVault/vaults`]: azure.list() } },
      /key vault: KEY_VAULT_URL/,
    ],
    [
      'a secret',
      { scenario: { 'keyvault secret list': { json: [] } } },
      /lacks mimecast-client-id, mimecast-client-secret/,
    ],
    [
      'a secret that expires',
      { scenario: { 'keyvault secret list': secretList('2020-01-01T00:00:00+00:00') } },
      /expires 2020-01-01.*docs\/secrets\.md/,
    ],
    [
      'a vault that refuses',
      { scenario: { 'keyvault secret list': { error: '(Forbidden) words' } } },
      /secrets in the vault: .*Forbidden/,
    ],
    [
      'a table',
      { scenario: { [tablesKey]: azure.list(...ourTables.slice(1)) } },
      /missing: Audit_CL\. Run npm run deploy/,
    ],
    [
      'a column',
      {
        scenario: {
          [tablesKey]: azure.list(...ourTables.slice(1), {
            name: 'Audit_CL',
            properties: { schema: { columns: [{ name: 'user', type: 'string' }] } },
          }),
        },
      },
      /Audit_CL lacks TimeGenerated, EventId/,
    ],
    [
      'a table of solution 3.0',
      {
        scenario: {
          [tablesKey]: azure.list(...ourTables.slice(1), {
            name: 'Audit_CL',
            properties: { schema: { tableSubType: 'Classic', columns: [] } },
          }),
        },
      },
      /--migrate-tables/,
    ],
    [
      'a function of somebody else',
      {
        scenario: {
          [`rest GET ${azure.workspace}/savedSearches`]: azure.list({
            id: '/x',
            name: 'x',
            properties: { displayName: 'Old', functionAlias: 'MimecastDLP' },
          }),
        },
      },
      /MimecastDLP belongs to "Old"\. .*--replace-functions/,
    ],
    [
      'the way to a host',
      { world: { reach: async (host) => (host.startsWith('one.') ? Promise.reject(new Error('no')) : undefined) } },
      /way to one\.ingest\.monitor\.azure\.com from this machine: .*port 443.*firewall/,
    ],
    [
      'the base URL',
      { settings: { MIMECAST_BASE_URL: 'http://127.0.0.1:1' } },
      /base URL: 127\.0\.0\.1:1 does not answer/,
    ],
    ['the credentials', { tenant: (tenant) => tenant.rotate('another', 'pair') }, /credentials: Mimecast refuses them/],
    [
      'credentials that cannot be read',
      {
        world: {
          secretsOf: () => ({ get: () => Promise.reject(new Error('The vault refused.')), expire: () => undefined }),
        },
      },
      /credentials can be read by you: The vault refused\. .*MIMECAST_CLIENT_ID/,
    ],
    [
      'the clock',
      { world: { clock: fakeClock(Date.now() + 3_600_000) } },
      /clock of this machine: it differs from Mimecast's by 60 minutes/,
    ],
    [
      'a product',
      { tenant: (tenant) => tenant.unlicense('threatssecurityeventsanddataforci') },
      /CloudIntegrated may be read: grant the application Threats, Security Events and Data for CI/,
    ],
  ])('names what is wrong with %s, and the fix, in one line', async (_, changes, words) => {
    const { isWell, failed, lines } = await run(changes);
    expect(isWell).toBe(false);
    expect(lines.join('\n')).toMatch(words);
    expect(failed.length).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatch(/^\d+ of \d+ checks failed\.$/);
    expect(lines.join()).not.toContain('simulated-secret');
  });

  test('names what to grant for every feed', async () => {
    const { failed } = await run({
      tenant(tenant) {
        for (const product of products) tenant.unlicense(product);
      },
    });
    const advice = (product: string) => `grant the application ${product}, or leave the connector out (--connectors).`;
    expect(failed.toSorted()).toEqual(
      feeds.map(({ name, product }) => `FAIL  ${name} may be read: ${advice(product)}`).toSorted(),
    );
  });

  test('before a deployment checks what does not need it', async () => {
    const { isWell, lines } = await run({ scenario: { [sitesKey]: azure.list(), [tablesKey]: azure.list() } });
    expect(isWell).toBe(true);
    expect(lines[0]).toBe('The connector is not deployed yet; what needs it is left out.');
    expect(lines).toContain('ok    Audit may be read');
  });

  test('asks only for the feeds of connectors that are on', async () => {
    const { lines } = await run({ settings: { CONNECTORS: 'audit' } });
    expect(lines.filter((line) => line.endsWith('may be read'))).toEqual(['ok    Audit may be read']);
  });
});

test('a way is tried over a real socket', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(reach('127.0.0.1', port)).resolves.toBeUndefined();
  server.close();
  await once(server, 'close');
  await expect(reach('127.0.0.1', port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
