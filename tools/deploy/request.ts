import { readFile } from 'node:fs/promises';
import { type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';
import type { PlaceNames } from './place.ts';
import { Stop } from './stop.ts';

/** The options of `npm run deploy` as they were typed. */
export interface DeployOptions {
  readonly 'resource-group'?: string | undefined;
  readonly workspace?: string | undefined;
  readonly 'workspace-resource-group'?: string | undefined;
  readonly name?: string | undefined;
  readonly location?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly 'client-id'?: string | undefined;
  readonly account?: string | undefined;
  readonly connectors?: string | undefined;
  readonly 'start-date'?: string | undefined;
  readonly plan?: string | undefined;
  readonly content?: string | undefined;
  readonly 'alert-receiver'?: string | undefined;
  readonly parameters?: string | undefined;
  readonly package?: string | undefined;
  readonly 'no-assign-roles'?: boolean | undefined;
  readonly 'disable-rules'?: boolean | undefined;
  readonly paused?: boolean | undefined;
  readonly 'migrate-tables'?: boolean | undefined;
  readonly 'replace-functions'?: boolean | undefined;
  readonly 'what-if'?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** What is to be done about analytics rules, parsers and workbooks. */
export type Content = 'none' | 'missing' | 'overwrite';

/** What `npm run deploy` is to do. */
export interface DeployRequest {
  readonly names: PlaceNames;
  /** What the names of the resources begin with. */
  readonly name: string;
  /** Parameters of bicep/main.bicep that were given, by name. */
  readonly given: JsonObject;
  readonly clientId: string | undefined;
  /** From the environment, never from an option. */
  readonly clientSecret: string | undefined;
  /** undefined: as the last time. */
  readonly content: Content | undefined;
  /** SHA-256 of an earlier package to go back to; undefined: one built now. */
  readonly packageHash: string | undefined;
  readonly isPaused: boolean;
  readonly migratesTables: boolean;
  readonly replacesFunctions: boolean;
  readonly onlyWhatIf: boolean;
  /** `--yes`: nobody is asked. */
  readonly answersYes: boolean;
}

/** Reads the options and the file they may name. @throws Stop with what is wrong */
export async function readRequest(options: DeployOptions, environment: NodeJS.ProcessEnv): Promise<DeployRequest> {
  const names = readNames(options);
  const name = options.name ?? 'mimecast';
  if (!/^[a-z][a-z0-9]{2,8}$/.test(name)) {
    throw new Stop('--name must be a lower-case letter and two to eight lower-case letters or digits.');
  }
  const packageHash = options.package?.toLowerCase();
  if (packageHash !== undefined && !/^[0-9a-f]{64}$/.test(packageHash)) {
    throw new Stop('--package must be the SHA-256 of a package as an earlier deployment printed it, 64 hex digits.');
  }
  const isGiven = (value: string | undefined) => value !== undefined && value !== '';
  return {
    names,
    name,
    given: { ...(await fileParameters(options.parameters)), ...optionParameters(options), name },
    clientId: isGiven(options['client-id']) ? options['client-id'] : environment['MIMECAST_CLIENT_ID'] || undefined,
    clientSecret: environment['MIMECAST_CLIENT_SECRET'] || undefined,
    content: options.content === undefined ? undefined : contentOf(options.content),
    packageHash,
    isPaused: options.paused ?? false,
    migratesTables: options['migrate-tables'] ?? false,
    replacesFunctions: options['replace-functions'] ?? false,
    onlyWhatIf: options['what-if'] ?? false,
    answersYes: options.yes ?? false,
  };
}

/** The options that say where. @throws Stop when one is missing */
export function readNames(
  options: Pick<DeployOptions, 'resource-group' | 'workspace' | 'workspace-resource-group'>,
): PlaceNames {
  const { 'resource-group': resourceGroup, workspace, 'workspace-resource-group': workspaceResourceGroup } = options;
  if (!resourceGroup) throw new Stop('--resource-group is missing: name the resource group of the connector.');
  if (!workspace) throw new Stop('--workspace is missing: name the workspace that Microsoft Sentinel runs on.');
  return { resourceGroup, workspace, workspaceResourceGroup };
}

/** @throws Stop when a text is none of the three */
function contentOf(text: string): Content {
  if (text === 'none' || text === 'missing' || text === 'overwrite') return text;
  throw new Stop('--content must be none, missing or overwrite.');
}

function optionParameters(options: DeployOptions): JsonObject {
  const connectors = options.connectors?.split(',').map((connector) => connector.trim());
  return {
    ...(options.location !== undefined && { location: options.location }),
    ...(options['base-url'] !== undefined && { mimecastBaseUrl: options['base-url'] }),
    ...(options.account !== undefined && { account: options.account }),
    ...(connectors && { connectors }),
    ...(options['start-date'] !== undefined && { startDate: options['start-date'] }),
    ...(options.plan !== undefined && { plan: options.plan }),
    ...(options['alert-receiver'] !== undefined && { alertReceiver: options['alert-receiver'] }),
    ...(options['no-assign-roles'] && { assignRoles: false }),
    ...(options['disable-rules'] && { enableRules: false }),
  };
}

/** What the command fills itself, or what a file on disk is no place for. */
const notFromFile = [
  'mimecastClientId',
  'mimecastClientSecret',
  'installedSettings',
  'existingTables',
  'existingContent',
];

async function fileParameters(path: string | undefined): Promise<JsonObject> {
  if (path === undefined) return {};
  const read = parseFile(path, await readFile(path, 'utf8'));
  const refused = Object.keys(read).filter((key) => notFromFile.includes(key));
  if (refused.length > 0) throw new Stop(`${path} must not set ${refused.join(', ')}: the command fills it.`);
  return read;
}

function parseFile(path: string, text: string): JsonObject {
  try {
    const read = parseJson(text);
    if (isJsonObject(read)) return read;
  } catch {
    // Said below, without the text.
  }
  throw new Stop(`${path} must be a JSON object of parameters of bicep/main.bicep, such as {"retentionDays": 90}.`);
}
