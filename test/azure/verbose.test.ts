import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { checkpointTable } from '../../functions/azure/checkpoint-table.ts';
import { tableCheckpoints } from '../../functions/azure/checkpoints.ts';
import { type Credential, managedIdentity } from '../../functions/azure/credential.ts';
import { azureLogs } from '../../functions/azure/logs.ts';
import { bodies } from '../../functions/collect/bodies.ts';
import { vaultSecrets } from '../../functions/azure/secrets.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import { allColumns } from '../../functions/tables/table.ts';
import { startTables } from '../../local/azure/tables.ts';
import { startVault } from '../../local/azure/vault.ts';
import { startIngestion } from '../../local/sentinel/ingestion.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type Stage, hosts, stage } from '../local/azure/stage.ts';
import { fakeRun } from './run.ts';

// The SDKs read these when they are loaded.
vi.hoisted(() => Object.assign(process.env, { AZURE_LOG_LEVEL: 'verbose', DEBUG: '*' }));

let set: Stage;
let credential: Credential;
let written: string[];

beforeAll(async () => {
  set = await stage();
  credential = managedIdentity({ clock: fakeClock() });
});
afterAll(async () => set.identity.close());
beforeEach(() => {
  written = [];
  const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

/** What was written since the test began, once it is sure that the SDKs do write. */
async function output(audience: string): Promise<{ text: string; token: string }> {
  vi.restoreAllMocks();
  const text = written.join('');
  expect(text).toContain('azure:');
  expect(text).toContain('Request: {');
  const token = await credential.getToken(`${audience}/.default`);
  return { text, token: String(token?.token) };
}

it('shows no token while rows are written, also when they are refused', async () => {
  const rules = [{ id: 'dcr-1', tables: ['Mimecast_Rejected_CL'] }];
  const ingestion = await startIngestion({ ...set, rules, columns: () => allColumns(mimecastRejected) });
  const destinations = [
    { endpoint: ingestion.endpoint(hosts.ingestion), rule: 'dcr-1', tables: ['Mimecast_Rejected_CL'] },
  ];
  const logs = azureLogs({ destinations, credential, audience: 'https://monitor.azure.com' });
  const cells = { Feed: 'Audit', Reason: 'r', Source: 's', RawText: 'a line' };
  const common = {
    EventId: 'e',
    Account: 'a',
    EventTime: undefined,
    AdditionalFields: undefined,
    Truncated: undefined,
  };
  const row = { ...cells, ...common, TimeGenerated: new Date() };
  await logs.write(mimecastRejected, bodies([row]), fakeRun());
  ingestion.trouble({ kind: 'forbidden' });
  const error = await logs.write(mimecastRejected, bodies([row]), fakeRun()).catch((reason: unknown) => reason);
  const { text, token } = await output('https://monitor.azure.com');
  for (const secret of [token, set.identity.environment.IDENTITY_HEADER, 'a line']) {
    expect(`${text}${String(error)}`).not.toContain(secret);
  }
  await ingestion.close();
});

it('shows neither key nor token while checkpoints are kept', async () => {
  const tables = await startTables({ ...set, name: 'contoso' });
  const { connectionString } = tables;
  const settings = [
    { kind: 'connectionString', connectionString },
    { kind: 'url', url: tables.url },
  ] as const;
  const clock = fakeClock();
  for (const storage of settings) {
    const client = checkpointTable({ ...storage, table: 'MimecastCheckpoints' }, credential);
    const checkpoints = tableCheckpoints({ client, account: 'mimecast', clock, random: () => 0 });
    const { signal } = new AbortController();
    const lease = await checkpoints.take('Audit', storage.kind, clock.now() + 1, signal);
    await lease.release({ unsentHealth: [] }, signal);
  }
  const { text, token } = await output('https://storage.azure.com');
  const key = /AccountKey=([^;]+)/.exec(connectionString)?.[1] ?? 'no key';
  for (const secret of [token, key, 'SharedKeyLite devstoreaccount1:']) expect(text).not.toContain(secret);
  await tables.close();
});

it('shows neither secret nor token while secrets are read', async () => {
  const pair = { 'mimecast-client-id': 'the-id-of-it', 'mimecast-client-secret': 'the-secret-of-it' };
  const vault = await startVault({ ...set, secrets: pair, name: 'contoso' });
  await vaultSecrets({ url: vault.url, credential, clock: fakeClock() }).get();
  const { text, token } = await output('https://vault.azure.net');
  for (const secret of [token, ...Object.values(pair)]) expect(text).not.toContain(secret);
  await vault.close();
});
