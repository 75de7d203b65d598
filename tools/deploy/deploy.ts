import { join } from 'node:path';
import { connectors } from '../../functions/connectors.ts';
import { withFile } from '../azure-cli/secret-file.ts';
import { advising } from './azure-faults.ts';
import { blobsOf } from './blobs.ts';
import { readContent } from './content.ts';
import { hidden, hiding, readCredentials } from './credentials.ts';
import { waitForFirstRows } from './first-rows.ts';
import { type Installation, findInstallation } from './installation.ts';
import { agree, goOneWay, oneWayLines } from './one-way.ts';
import { type Parameters, deploymentName, parametersFile } from './parameters.ts';
import { pausedConnectors } from './paused.ts';
import { type Plan, type Situation, planContent, readSituation, templateParameters } from './plan.ts';
import type { Place } from './place.ts';
import { missingProviders, missingSentinel } from './providers.ts';
import { writeReceipt } from './receipt.ts';
import type { DeployRequest } from './request.ts';
import { missingRights } from './rights.ts';
import { grantCommand, waitForRoles } from './roles.ts';
import { Stop } from './stop.ts';
import { earlierPackage, installPackage, storageName } from './upload.ts';
import { whatIf } from './what-if.ts';
import type { World } from './world.ts';

const template = join(import.meta.dirname, '..', '..', 'bicep', 'main.bicep');

/**
 * Deploys the connector, or shows what that would change.
 * @returns whether all is well: each feed that was due has sent its first Health row, without a fault
 * @throws Stop, before anything was changed, when something is missing or nobody agrees
 */
export async function deploy(request: DeployRequest, world: World): Promise<boolean> {
  const { terminal } = world;
  const situation = await readSituation(request, world);
  await checkFirst(situation, world);
  const plan = await planContent(situation, world);
  const { packageHash } = request;
  const earlier = packageHash === undefined ? undefined : await earlierPackage(plan.before, packageHash, world.az);
  const credentials = await readCredentials(request, plan.before !== undefined, terminal);
  const parameters = templateParameters(plan, request, credentials);
  const shown = { ...parameters, ...hidden(credentials) };
  await advising('Nothing was changed.', () => show(plan, request, shown, world));
  if (request.onlyWhatIf) {
    terminal.say('Nothing was changed (--what-if).');
    return true;
  }
  await agree(plan.oneWay, request, world);
  if (!(await terminal.confirm('Deploy this?'))) throw new Stop('Nothing was changed.');
  await goOneWay(plan.place, plan.oneWay, world);
  if (plan.oneWay.classicTables.length > 0) {
    await advising('The tables are migrated; else nothing was changed.', () =>
      preview(plan.place, request, shown, world.az),
    );
  }
  const installation = await hiding(credentials, () => createResources(plan, request, parameters, world));
  await needRoles(installation, world);
  await installPackage(plan.place, installation, earlier, world);
  if (pausedConnectors(installation.settings).length === connectors.length) {
    terminal.say('The connector is deployed and paused: no timer fires. npm run upgrade starts it.');
    return true;
  }
  const { isWell, lines } = await waitForFirstRows(plan.place, installation, world);
  for (const line of lines) terminal.say(line);
  terminal.say(isWell ? 'The connector works.' : 'Something needs you: see above, and docs/troubleshooting.md.');
  return isWell;
}

/** What must be so before anything is asked or shown. */
async function checkFirst({ place, content, tables, parameters }: Situation, { arm }: World): Promise<void> {
  const hasContent = content !== 'none';
  const assignRoles = parameters['assignRoles'] !== false;
  const problems = [
    ...(await missingProviders(place, arm)),
    ...(await missingRights(place, { assignRoles, content: hasContent, migrate: tables.classic.length > 0 }, arm)),
    ...(hasContent ? await missingSentinel(place, arm) : []),
    ...tables.conflicts,
  ];
  if (problems.length === 0) return;
  throw new Stop(`Nothing was changed. First:\n${problems.map((line) => `- ${line}`).join('\n')}`);
}

async function show(plan: Plan, request: DeployRequest, parameters: Parameters, world: World): Promise<void> {
  const { terminal } = world;
  terminal.say('What the deployment would change:');
  const changes = await previewLines(plan, request, parameters, world);
  const lines = [...changes, ...plan.tables.additions, ...plan.keptLines, ...oneWayLines(plan.oneWay)];
  for (const line of lines.length > 0 ? lines : ['  nothing']) terminal.say(line);
}

// Azure may refuse to preview columns of a table that is still to be migrated (assumed); then it is previewed afterwards.
async function previewLines(
  { place, oneWay }: Plan,
  request: DeployRequest,
  parameters: Parameters,
  { az }: World,
): Promise<readonly string[]> {
  try {
    return await preview(place, request, parameters, az);
  } catch (error) {
    if (error instanceof Stop || oneWay.classicTables.length === 0) throw error;
    const words = error instanceof Error ? error.message : String(error);
    return [
      `  Azure cannot tell before the tables are migrated (${words}). It is asked again before anything is deployed.`,
    ];
  }
}

/** @throws Stop when the deployment would do what it never may, else what Azure says */
function preview(
  place: Place,
  request: DeployRequest,
  parameters: Parameters,
  az: World['az'],
): Promise<readonly string[]> {
  return withFile('parameters.json', parametersFile(parameters), (path) =>
    whatIf(place, { file: template, name: deploymentName(request.name), parametersFile: path }, az),
  );
}

async function createResources(
  { place, receipt, kept }: Plan,
  request: DeployRequest,
  parameters: Parameters,
  world: World,
): Promise<Installation> {
  const { az, arm } = world;
  await advising('What was created so far stays. Run npm run deploy again: it goes on from there.', () =>
    withFile('parameters.json', parametersFile(parameters), (path) =>
      az('deployment group create', {
        'resource-group': place.group.name,
        name: deploymentName(request.name),
        'template-file': template,
        parameters: `@${path}`,
      }),
    ),
  );
  const installation = await findInstallation(place, world, request.name);
  if (!installation) throw new Stop('The deployment ended well, but its app is not there. Run npm run deploy again.');
  await writeReceipt(blobsOf(storageName(installation), az), receipt, await readContent(place, arm), kept);
  return installation;
}

/** Waits for the roles of the app: without them it can open neither its package nor its checkpoints. */
async function needRoles(installation: Installation, world: World): Promise<void> {
  const missing = await waitForRoles(installation, world);
  if (missing.length === 0) return;
  const commands = missing.map((need) => `- It cannot ${need.without}. An administrator runs: ${grantCommand(need)}`);
  throw new Stop(`All is created, but the app lacks roles. Then run npm run deploy again.\n${commands.join('\n')}`);
}
