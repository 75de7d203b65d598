import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTables } from '../../../local/azure/tables.ts';
import { startVault } from '../../../local/azure/vault.ts';
import { startIngestion } from '../../../local/sentinel/ingestion.ts';
import { type Stage, hosts, stage } from './stage.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = `
  import { TableClient } from '@azure/data-tables';
  import { ManagedIdentityCredential } from '@azure/identity';
  import { SecretClient } from '@azure/keyvault-secrets';
  import { LogsIngestionClient } from '@azure/monitor-ingestion';
  import { mapNames } from './local/azure/names.ts';

  const { VAULT, TABLES, ENDPOINT } = process.env;
  mapNames({ '.azure.net': '127.0.0.1', '.core.windows.net': '127.0.0.1', '.azure.com': '127.0.0.1' });
  const credential = new ManagedIdentityCredential();
  const { value } = await new SecretClient(VAULT, credential).getSecret('mimecast-client-id');
  const table = new TableClient(TABLES, 'Checkpoints', credential);
  await table.createTable();
  await table.createEntity({ partitionKey: 'p', rowKey: 'r', value });
  await new LogsIngestionClient(ENDPOINT, credential).upload('dcr-1', 'Custom-A_CL', [{ Name: value }]);
  console.log((await table.getEntity('p', 'r')).value);`;

let set: Stage;
let folder: string;

beforeAll(async () => {
  set = await stage();
  folder = await mkdtemp(join(tmpdir(), 'child-'));
  await writeFile(join(folder, 'ca.pem'), set.tls.cert);
});
afterAll(async () => {
  await set.identity.close();
  await rm(folder, { recursive: true });
});

test('serves another process that gets the environment, the certificate and the names', async () => {
  const vault = await startVault({ ...set, secrets: { 'mimecast-client-id': 'id-1' }, name: 'contoso' });
  const tables = await startTables({ ...set, name: 'contoso' });
  const rules = [{ id: 'dcr-1', tables: ['A_CL'] }];
  const ingestion = await startIngestion({ ...set, rules, columns: () => ({ Name: 'string' }) });
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    VAULT: vault.url,
    TABLES: tables.url,
    ENDPOINT: ingestion.endpoint(hosts.ingestion),
  };
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  expect(stdout).toBe('id-1\n');
  expect([...ingestion.store.rows('A_CL')].map(({ row }) => row['Name'])).toEqual(['id-1']);
  await Promise.all([vault.close(), tables.close(), ingestion.close()]);
});
