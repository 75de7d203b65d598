import * as z from 'zod';
import { createCertificate } from '../local/azure/certificate.ts';
import { startIdentity } from '../local/azure/identity.ts';
import { startTables } from '../local/azure/tables.ts';
import { countingIngestion } from './counting-ingestion.ts';
import { countingMimecast } from './counting-mimecast.ts';
import { reply } from './processes.ts';

/**
 * The servers, a program: all that the product talks to, counting only. Its argument says what they serve.
 * Replies the environment of the product once they listen, and what they have counted when it is asked.
 */
const options = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
  /** How often the files are listed, each time under other names. */
  rounds: z.number(),
  /** Whether bodies are kept, so that their rows can be counted afterwards. */
  keepsBodies: z.boolean(),
});
const { files, rounds, keepsBodies } = options.parse(JSON.parse(process.argv[2] ?? ''));

const dayMs = 86_400_000;
const tls = await createCertificate([]);
const identity = await startIdentity();
const checkpoints = await startTables({ tls });
const ingestion = await countingIngestion(tls, keepsBodies);
const mimecast = await countingMimecast(Array.from({ length: rounds }, () => files).flat());

const tables = ['Seg_Cg_CL', 'Seg_Dlp_CL', 'Mimecast_Health_CL', 'Mimecast_Rejected_CL'];
const environment = {
  ...identity.environment,
  MIMECAST_BASE_URL: mimecast.origin,
  MIMECAST_CLIENT_ID: 'client-id',
  MIMECAST_CLIENT_SECRET: 'client-secret',
  LOGS_INGESTION: JSON.stringify([{ endpoint: ingestion.origin, rule: `dcr-${'0'.repeat(32)}`, tables }]),
  CHECKPOINT_STORAGE: checkpoints.connectionString,
  CONNECTORS: 'seg',
  START_DATE: new Date(Date.now() - dayMs).toISOString().slice(0, 10),
  RUN_BUDGET_SECONDS: '86400',
};

process.on('message', () => {
  const requests = {
    mimecast: mimecast.requests,
    logsIngestion: ingestion.requests,
    checkpoints: checkpoints.requests,
    identity: identity.requests,
  };
  reply({ requests, ...ingestion.totals() });
});
process.once('disconnect', () => process.exit());
reply({ environment, certificate: tls.cert });
