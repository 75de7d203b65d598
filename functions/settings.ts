import * as z from 'zod';
import { ConnectorError } from './collect/fault.ts';
import type { Connector } from './connectors.ts';
import { type CheckpointStorage, checkpointStorage } from './settings/checkpoints.ts';
import { type LogsDestination, logsIngestion } from './settings/logs-ingestion.ts';
import { defaulted, matching, optional, required } from './settings/text.ts';
import { isServiceUrl, withoutSlash } from './settings/urls.ts';
import { connectorNames, isWholeFromOne, startDate } from './settings/values.ts';
import { mimecastHealth } from './tables/mimecast-health.ts';
import { mimecastRejected } from './tables/mimecast-rejected.ts';

/** Settings by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the client id and the secret of the Mimecast API application are. */
type SecretsPlace =
  | { readonly kind: 'vault'; readonly url: string }
  | { readonly kind: 'settings'; readonly clientId: string; readonly clientSecret: string };

/** Every setting of the app but the schedules, checked. URLs have no slash at their end. */
export interface Settings {
  readonly mimecastBaseUrl: string;
  readonly secrets: SecretsPlace;
  readonly logsIngestion: readonly LogsDestination[];
  readonly checkpoints: CheckpointStorage & { readonly table: string };
  /** Name of the Mimecast account, the partition of its checkpoints. */
  readonly account: string;
  /** Client id of the user-assigned identity; undefined: the system-assigned one. */
  readonly managedIdentityClientId: string | undefined;
  /** For whom tokens of the Logs Ingestion API are. */
  readonly monitorAudience: string;
  /** Those that are on, as the setting names them. */
  readonly connectors: ReadonlySet<Connector['setting']>;
  /** First day to read when a feed has no checkpoint, `yyyy-mm-dd`, UTC. */
  readonly startDate: string;
  readonly runBudgetMs: number;
}

/**
 * Reads and checks the settings.
 * @param nowMs epoch milliseconds
 * @throws ConnectorError `denied` with a line for every setting that is missing, blank or malformed; no line shows a secret
 */
export function readSettings(environment: Environment, connectors: readonly Connector[], nowMs: number): Settings {
  const names = connectorNames(connectors);
  const enabled = names.safeParse(environment['CONNECTORS']).data ?? [];
  const settings = schema(names, neededTables(connectors, enabled), nowMs).safeParse(environment);
  const secrets = readSecrets(environment);
  if (!settings.success || !secrets.success) {
    throw new ConnectorError(
      'denied',
      problemText([...(secrets.error?.issues ?? []), ...(settings.error?.issues ?? [])]),
    );
  }
  const read = settings.data;
  return {
    mimecastBaseUrl: read.MIMECAST_BASE_URL,
    secrets: secrets.data,
    logsIngestion: read.LOGS_INGESTION,
    checkpoints: { ...read.CHECKPOINT_STORAGE, table: read.CHECKPOINT_TABLE },
    account: read.ACCOUNT,
    managedIdentityClientId: read.AZURE_CLIENT_ID,
    monitorAudience: read.AZURE_CLOUD === 'usgov' ? 'https://monitor.azure.us' : 'https://monitor.azure.com',
    connectors: new Set(read.CONNECTORS),
    startDate: read.START_DATE,
    runBudgetMs: read.RUN_BUDGET_SECONDS * 1000,
  };
}

/** The settings of the checkpoint store alone, for who moves a cursor. @throws ConnectorError `denied` as `readSettings` does */
export function readCheckpointSettings(environment: Environment): Pick<Settings, 'checkpoints' | 'account'> {
  const settings = z.object(checkpointSettings).safeParse(environment);
  if (!settings.success) throw new ConnectorError('denied', problemText(settings.error.issues));
  const { CHECKPOINT_STORAGE, CHECKPOINT_TABLE, ACCOUNT } = settings.data;
  return { checkpoints: { ...CHECKPOINT_STORAGE, table: CHECKPOINT_TABLE }, account: ACCOUNT };
}

function neededTables(connectors: readonly Connector[], enabled: readonly string[]): readonly string[] {
  const feeds = connectors.filter(({ setting }) => enabled.includes(setting)).flatMap((connector) => connector.feeds);
  return [...new Set([...feeds.map((feed) => feed.table.name), mimecastHealth.name, mimecastRejected.name])];
}

const checkpointSettings = {
  CHECKPOINT_STORAGE: checkpointStorage,
  CHECKPOINT_TABLE: defaulted(
    'MimecastCheckpoints',
    'a letter and 2 to 62 letters or digits',
    matching(/^[a-z][a-z0-9]{2,62}$/i),
  ),
  // What a PartitionKey may hold: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
  ACCOUNT: defaulted(
    'mimecast',
    'at most 100 characters without / \\ # ? and control characters',
    matching(/^[^/\\#?\p{Cc}]{1,100}$/u),
  ),
};

function schema(names: ReturnType<typeof connectorNames>, needed: readonly string[], nowMs: number) {
  return z.object({
    MIMECAST_BASE_URL: defaulted('https://api.services.mimecast.com', serviceUrl, isServiceUrl).transform(withoutSlash),
    LOGS_INGESTION: logsIngestion(needed),
    ...checkpointSettings,
    AZURE_CLIENT_ID: optional(
      'the client id (a GUID) of a user-assigned identity',
      matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
    ),
    AZURE_CLOUD: defaulted('public', 'public or usgov', matching(/^(public|usgov)$/)),
    CONNECTORS: names,
    START_DATE: startDate(nowMs),
    RUN_BUDGET_SECONDS: defaulted('240', 'a whole number of seconds from 1 on', isWholeFromOne).transform(Number),
  });
}

const serviceUrl = 'an https URL without path, query or credentials (http only on this machine)';

function readSecrets(environment: Environment): z.ZodSafeParseResult<SecretsPlace> {
  if (environment['KEY_VAULT_URL'] !== undefined) {
    const vault = z.object({
      KEY_VAULT_URL: required('the https URL of a key vault, such as https://name.vault.azure.net', isServiceUrl),
    });
    return vault
      .transform((read): SecretsPlace => ({ kind: 'vault', url: withoutSlash(read.KEY_VAULT_URL) }))
      .safeParse(environment);
  }
  const application = z.object({
    MIMECAST_CLIENT_ID: required('the client id of the Mimecast API application, or set KEY_VAULT_URL instead'),
    MIMECAST_CLIENT_SECRET: required('the client secret of the Mimecast API application, or set KEY_VAULT_URL instead'),
  });
  return application
    .transform((read): SecretsPlace => ({
      kind: 'settings',
      clientId: read.MIMECAST_CLIENT_ID,
      clientSecret: read.MIMECAST_CLIENT_SECRET,
    }))
    .safeParse(environment);
}

function problemText(issues: readonly z.core.$ZodIssue[]): string {
  const problems = Map.groupBy(issues, ({ path }) => String(path[0]));
  const lines = [...problems].map(([name, own]) => `${name} ${own.map(issueText).join('; ')}`);
  return `Settings of the function app are not usable; correct its environment variables:\n${lines.join('\n')}`;
}

// Inside LOGS_INGESTION the place of a problem is named too, such as [0].rule.
function issueText({ path, message }: z.core.$ZodIssue): string {
  const place = path
    .slice(1)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return place === '' ? message : `${place} ${message}`;
}
