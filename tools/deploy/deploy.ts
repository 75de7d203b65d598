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
  await show(plan, request, { ...parameters, ...hidden(credentials) }, world);
  if (request.onlyWhatIf) {
    terminal.say('Nothing was changed (--what-if).');
    return true;
  }
  await agree(plan.oneWay, request, world);
  if (!(await terminal.confirm('Deploy this?'))) throw new Stop('Nothing was changed.');
  await goOneWay(plan.place, plan.oneWay, world);
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

async function show(
  plan: Plan,
  request: DeployRequest,
  parameters: Parameters,
  { az, terminal }: World,
): Promise<void> {
  const name = deploymentName(request.name);
  terminal.say('What the deployment would change:');
  const changes = await advising('Nothing was changed.', () =>
    withFile('parameters.json', parametersFile(parameters), (path) =>
      whatIf(plan.place, { file: template, name, parametersFile: path }, az),
    ),
  );
  const lines = [...changes, ...plan.tables.additions, ...plan.keptLines, ...oneWayLines(plan.oneWay)];
  for (const line of lines.length > 0 ? lines : ['  nothing']) terminal.say(line);
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
