import { join } from 'node:path';
import { connectors } from '../../functions/connectors.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { withFile } from '../azure-cli/secret-file.ts';
import type { AppSettings } from './app.ts';
import { waitForFirstRows } from './first-rows.ts';
import { findInstallation } from './installation.ts';
import { type InstalledTable, type TablesPlan, migrateTable, planTables, readTables } from './installed-tables.ts';
import { type Parameters, deploymentName, lastParameters, parametersFile, settingsAsParameters } from './parameters.ts';
import { type Place, findPlace } from './place.ts';
import { missingProviders, missingSentinel } from './providers.ts';
import type { DeployRequest } from './request.ts';
import { missingRights } from './rights.ts';
import { grantCommand, waitForRoles } from './roles.ts';
import { Stop } from './stop.ts';
import { installPackage } from './upload.ts';
import { whatIf } from './what-if.ts';
import type { World } from './world.ts';

const template = join(import.meta.dirname, '..', '..', 'bicep', 'main.bicep');

/** The Mimecast credentials that go to the vault; empty texts leave it alone. */
interface Credentials {
  readonly mimecastClientId: string;
  readonly mimecastClientSecret: string;
}

/**
 * Deploys the connector, or shows what that would change.
 * @returns whether all is well: each feed that was due has sent its first Health row, without a fault
 * @throws Stop, before anything was changed, when something is missing
 */
export async function deploy(request: DeployRequest, world: World): Promise<boolean> {
  const { az, arm, terminal } = world;
  const place = await findPlace(request.names, az, arm);
  const before = await findInstallation(place, world, request.name);
  const told = await lastParameters(place, request.name, arm);
  const parameters: Parameters = { ...told, ...(before && settingsAsParameters(before.settings)), ...request.given };
  const content = request.content ?? contentBefore(parameters);

  const found = await readTables(place.workspace.id, arm);
  const tables = planTables(found);
  await checkFirst(place, parameters, { content, tables }, world);
  const credentials = await askCredentials(request, before !== undefined, world);
  const wanted: Parameters = {
    ...parameters,
    ...credentials,
    workspaceId: place.workspace.id,
    content,
    existingTables: tablesAsJson(found),
    installedSettings: settingsToKeep(before?.settings, request.isPaused),
  };

  const name = deploymentName(request.name);
  for (const line of tables.additions) terminal.say(line);
  terminal.say('What the deployment would change:');
  const shown = parametersFile({ ...wanted, ...hidden(credentials) });
  for (const line of await withFile('parameters.json', shown, (parametersFile) =>
    whatIf(place, { file: template, name, parametersFile }, az),
  )) {
    terminal.say(line);
  }
  if (tables.classic.length > 0) terminal.say(migrationText(tables.classic));
  if (request.onlyWhatIf) {
    terminal.say('Nothing was changed (--what-if).');
    return true;
  }
  await migrate(place, tables.classic, request, world);
  if (!(await terminal.confirm('Deploy this?'))) throw new Stop('Nothing was deployed.');

  await withFile('parameters.json', parametersFile(wanted), (path) =>
    az('deployment group create', {
      'resource-group': place.group.name,
      name,
      'template-file': template,
      parameters: `@${path}`,
    }),
  );
  const after = await findInstallation(place, world, request.name);
  if (!after) throw new Stop('The deployment ended well, but its app is not there. Run npm run deploy again.');
  await installPackage(place, after, request.packageHash, world);
  const missing = await waitForRoles(after, world);
  if (missing.length > 0) {
    const commands = missing.map((need) => `It cannot ${need.without}: ${grantCommand(need)}`);
    throw new Stop(`The app lacks roles; it works once they are assigned.\n${commands.join('\n')}`);
  }
  if (request.isPaused) {
    terminal.say('The connector is deployed and paused: no timer fires. npm run upgrade starts it.');
    return true;
  }
  const { isWell, lines } = await waitForFirstRows(place, after, world);
  for (const line of lines) terminal.say(line);
  terminal.say(
    isWell ? 'The connector works.' : 'Something needs you: see the lines above, and docs/troubleshooting.md.',
  );
  return isWell;
}

function contentBefore({ content }: Parameters): 'none' | 'missing' {
  return content === 'none' ? 'none' : 'missing';
}

/** What must be so before anything is asked or shown. */
async function checkFirst(
  place: Place,
  { assignRoles }: Parameters,
  { content, tables }: { readonly content: string; readonly tables: TablesPlan },
  { arm }: World,
): Promise<void> {
  const hasContent = content !== 'none';
  const wanted = { assignRoles: assignRoles !== false, content: hasContent, migrate: tables.classic.length > 0 };
  const problems = [
    ...(await missingProviders(place, arm)),
    ...(await missingRights(place, wanted, arm)),
    ...(hasContent ? await missingSentinel(place, arm) : []),
    ...tables.conflicts,
  ];
  if (problems.length > 0)
    throw new Stop(`Nothing was changed. First:\n${problems.map((line) => `- ${line}`).join('\n')}`);
}

async function askCredentials(request: DeployRequest, isThere: boolean, { terminal }: World): Promise<Credentials> {
  const { clientId, clientSecret } = request;
  // The vault of a connector that runs has them; they are written again only when given.
  if (isThere && clientId === undefined && clientSecret === undefined) {
    return { mimecastClientId: '', mimecastClientSecret: '' };
  }
  return {
    mimecastClientId:
      clientId ?? (await required('Client id of the Mimecast API application', (question) => terminal.ask(question))),
    mimecastClientSecret:
      clientSecret ?? (await required('Client secret (not shown)', (question) => terminal.askSecret(question))),
  };
}

async function required(question: string, ask: (question: string) => Promise<string>): Promise<string> {
  const answer = await ask(question);
  if (answer === '') throw new Stop(`Nothing was changed: ${question} is needed.`);
  return answer;
}

// The preview needs to know that they are set, not what they are.
function hidden({ mimecastClientId, mimecastClientSecret }: Credentials): JsonObject {
  return {
    mimecastClientId: mimecastClientId && 'not shown',
    mimecastClientSecret: mimecastClientSecret && 'not shown',
  };
}

function tablesAsJson(found: readonly InstalledTable[]): JsonObject {
  return Object.fromEntries(
    found.map(
      ({ name, columns }) => [name, columns.map((column) => ({ name: column.name, type: column.type }))] as const,
    ),
  );
}

function settingsToKeep(settings: AppSettings = {}, isPaused: boolean): JsonObject {
  if (!isPaused) return settings;
  const paused = connectors.map(({ name }) => [`AzureWebJobs.${name}.Disabled`, 'true'] as const);
  return { ...settings, ...Object.fromEntries(paused) };
}

function migrationText(classic: readonly string[]): string {
  return (
    `These tables were made by solution 3.0 and must be migrated first: ${classic.join(', ')}. ` +
    'No row and no column is lost, and it cannot be undone.'
  );
}

async function migrate(
  place: Place,
  classic: readonly string[],
  request: DeployRequest,
  { arm, terminal }: World,
): Promise<void> {
  if (classic.length === 0) return;
  const question = `Migrate ${classic.length} tables for good?`;
  // One way: --yes alone is no yes to this.
  const isAgreed = request.migratesTables || (!request.answersYes && (await terminal.confirm(question)));
  if (!isAgreed) {
    throw new Stop('Nothing was changed. The tables are migrated only after a yes, or with --migrate-tables.');
  }
  for (const name of classic) {
    terminal.say(`Migrating ${name} …`);
    await migrateTable(place.workspace.id, name, arm);
  }
}
