import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../functions/tables/json.ts';
import { tables } from '../functions/tables/index.ts';
import { type Columns, allColumns } from '../functions/tables/table.ts';
import { createCertificate } from './azure/certificate.ts';
import { type Identity, startIdentity } from './azure/identity.ts';
import { type Tables, startTables } from './azure/tables.ts';
import { type Vault, startVault } from './azure/vault.ts';
import { type Tenant, startTenant } from './mimecast/tenant.ts';
import { type Ingestion, startIngestion } from './sentinel/ingestion.ts';
import type { RowStore } from './sentinel/store.ts';

/** Everything the app talks to, on this machine, under the names it has in the world. */
export interface Surroundings {
  readonly tenant: Tenant;
  readonly identity: Identity;
  readonly vault: Vault;
  readonly checkpoints: Tables;
  readonly ingestion: Ingestion;
  /** The environment of an app process that talks to them: its settings, its certificate authority and its host names. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Options {
  readonly store?: RowStore | undefined;
  /** Where checkpoints outlive the process; without it in memory. */
  readonly folder?: string | undefined;
  readonly startDate?: string | undefined;
  readonly arrival?: ((table: string, row: JsonObject) => number | undefined) | undefined;
  readonly startedAt?: number | undefined;
  readonly tenant?: Parameters<typeof startTenant>[0];
  /** The settings of a real Mimecast application, which is then read instead of the simulated tenant. */
  readonly realMimecast?: Readonly<Record<string, string>> | undefined;
}

const names = {
  api: 'api.services.mimecast.com',
  files: 'mimecast-siem-batches.s3.us-east-1.amazonaws.com',
  vault: 'mimecast-local',
  account: 'mimecastlocal',
  ingestion: 'mimecast-local.eastus-1.ingest.monitor.azure.com',
} as const;
const mimecastHosts = [names.api, names.files];
const azureHosts = [names.ingestion, `${names.vault}.vault.azure.net`, `${names.account}.table.core.windows.net`];

/** Two data collection rules, since one takes ten streams at most. */
const rules = [
  { id: `dcr-${'1'.repeat(32)}`, tables: tables.slice(0, 7).map(({ name }) => name) },
  { id: `dcr-${'2'.repeat(32)}`, tables: tables.slice(7).map(({ name }) => name) },
];

/** Starts the surroundings on free ports. */
export async function startSurroundings(options: Options = {}): Promise<Surroundings> {
  const hosts = options.realMimecast ? azureHosts : [...azureHosts, ...mimecastHosts];
  const tls = await createCertificate(hosts);
  const folder = await mkdtemp(join(tmpdir(), 'mimecast-local-'));
  const authority = join(folder, 'authority.pem');
  await writeFile(authority, tls.cert);
  const tenant = await startTenant({ ...options.tenant, tls, apiName: names.api, filesName: names.files });
  const identity = await startIdentity();
  const secrets = { 'mimecast-client-id': tenant.clientId, 'mimecast-client-secret': tenant.clientSecret };
  const vault = await startVault({ tls, identity, secrets, name: names.vault });
  const checkpoints = await startTables({ tls, identity, name: names.account, folder: options.folder });
  const { store, arrival, startedAt } = options;
  const ingestion = await startIngestion({ tls, identity, rules, columns: columnsOf, store, arrival, startedAt });
  const endpoint = ingestion.endpoint(names.ingestion);
  return {
    tenant,
    identity,
    vault,
    checkpoints,
    ingestion,
    environment: {
      ...identity.environment,
      ...(options.realMimecast ?? { MIMECAST_BASE_URL: tenant.origin, KEY_VAULT_URL: vault.url }),
      LOGS_INGESTION: JSON.stringify(rules.map(({ id, tables: of }) => ({ endpoint, rule: id, tables: of }))),
      CHECKPOINT_STORAGE: checkpoints.url,
      ...(options.startDate !== undefined && { START_DATE: options.startDate }),
      NODE_EXTRA_CA_CERTS: authority,
      LOCAL_HOSTS: hosts.join(','),
    },
    async close() {
      await Promise.all([tenant, identity, vault, checkpoints, ingestion].map((server) => server.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function columnsOf(name: string): Columns {
  const table = tables.find((each) => each.name === name);
  return table ? allColumns(table) : {};
}
