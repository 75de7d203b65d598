import * as z from 'zod';
import { connectors } from '../../functions/connectors.ts';
import { readSettings } from '../../functions/settings.ts';
import { tables } from '../../functions/tables/index.ts';
import { foreignFunctions } from '../deploy/functions-owned.ts';
import { type Installation, immutableIds } from '../deploy/installation.ts';
import { missingColumns, planTables, readTables } from '../deploy/installed-tables.ts';
import type { Place } from '../deploy/place.ts';
import { pauseSetting, pausedConnectors } from '../deploy/paused.ts';
import { grantCommand, missingRoles, neededRoles } from '../deploy/roles.ts';
import type { World } from '../deploy/world.ts';
import { type Finding, finding } from './finding.ts';

const dayMs = 86_400_000;
const soonMs = 30 * dayMs;
const secrets = z.array(
  z.object({ name: z.string(), attributes: z.object({ expires: z.string().nullish() }).nullish() }),
);

/** Settings, app, roles, collection rules, storage and vault of an installed connector. */
export async function checkInstallation(
  installation: Installation,
  { az, arm, clock }: World,
): Promise<readonly Finding[]> {
  const { app, settings, identity, rules, storageId, vaultId } = installation;
  const roles = await missingRoles(neededRoles(installation), arm);
  const wanted = immutableIds(settings['LOGS_INGESTION'] ?? '');
  const gone = wanted.filter((id) => !rules.some((rule) => rule.immutableId === id));
  return [
    await finding('settings of the app', async () => void readSettings(settings, connectors, clock.now())),
    { what: 'app runs', wrong: notRunning(installation) },
    {
      what: 'identity of the app',
      wrong: identity ? undefined : `AZURE_CLIENT_ID names no identity of ${app.name}. Run npm run deploy.`,
    },
    {
      what: 'data collection rules',
      wrong:
        gone.length > 0
          ? `LOGS_INGESTION names ${gone.join(', ')}, which are not there. Run npm run deploy.`
          : undefined,
    },
    {
      what: 'storage account',
      wrong: storageId ? undefined : 'CHECKPOINT_STORAGE names none that is there. Run npm run deploy.',
    },
    {
      what: 'key vault',
      wrong:
        vaultId || !settings['KEY_VAULT_URL']
          ? undefined
          : 'KEY_VAULT_URL names none that is there. Run npm run deploy; a deleted one comes back with recoverVault.',
    },
    ...neededRoles(installation).map((need) => ({
      what: `role ${need.role} on ${need.scope.split('/').at(-1)}`,
      wrong: roles.some((role) => role.scope === need.scope && role.roleId === need.roleId)
        ? `without it the app cannot ${need.without}. ${grantCommand(need)}`
        : undefined,
    })),
    ...(vaultId ? [await secretsFinding(vaultId, az, clock.now())] : []),
  ];
}

function notRunning({ app, settings }: Installation): string | undefined {
  if (app.state !== 'Running')
    return `${app.name} is ${app.state.toLowerCase()}. Start it: az functionapp start --ids ${app.id}`;
  const off = pausedConnectors(settings).map(pauseSetting);
  return off.length > 0 ? `paused by ${off.join(', ')}. Delete these settings, or run npm run upgrade.` : undefined;
}

/** Whether the two secrets are there and when they expire; their values are not read. */
function secretsFinding(vaultId: string, az: World['az'], now: number): Promise<Finding> {
  const vault = vaultId.split('/').at(-1) ?? '';
  return finding('secrets in the vault', async () => {
    const found = secrets.parse(await az('keyvault secret list', { 'vault-name': vault }));
    const wanted = ['mimecast-client-id', 'mimecast-client-secret'];
    const missing = wanted.filter((name) => !found.some((secret) => secret.name === name));
    if (missing.length > 0) return `${vault} lacks ${missing.join(', ')}. Run npm run deploy with --client-id.`;
    const expiring = found.filter(({ name, attributes }) => {
      const at = Date.parse(attributes?.expires ?? '');
      return wanted.includes(name) && at < now + soonMs;
    });
    const said = expiring.map(({ name, attributes }) => `${name} expires ${attributes?.expires}`);
    return said.length > 0 ? `${said.join(', ')}. Renew it: docs/secrets.md.` : undefined;
  });
}

/** Tables and functions of the workspace. */
export async function checkWorkspace(place: Place, isInstalled: boolean, { arm }: World): Promise<readonly Finding[]> {
  const found = await readTables(place.workspace.id, arm);
  const { classic, conflicts } = planTables(found);
  const missing = tables.filter(({ name }) => !found.some((table) => table.name === name)).map(({ name }) => name);
  const narrow = found.flatMap((table) => {
    const columns = missingColumns(table).map(({ name }) => name);
    return columns.length > 0 ? [`${table.name} lacks ${columns.join(', ')}`] : [];
  });
  const lacks = [...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []), ...narrow];
  const foreign = await foreignFunctions(place, arm);
  const owners = foreign.map(({ function: name, title }) => `${name} belongs to "${title}"`);
  return [
    ...(isInstalled
      ? [
          {
            what: 'tables and their columns',
            wrong: lacks.length > 0 ? `${lacks.join('; ')}. Run npm run deploy.` : undefined,
          },
        ]
      : []),
    { what: 'types of the columns', wrong: conflicts.length > 0 ? conflicts.join(' ') : undefined },
    {
      what: 'tables take data collection rules',
      wrong:
        classic.length > 0
          ? `${classic.join(', ')} are of solution 3.0. Run npm run deploy with --migrate-tables.`
          : undefined,
    },
    {
      what: 'names of our functions',
      wrong: owners.length > 0 ? `${owners.join(', ')}. Run npm run deploy with --replace-functions.` : undefined,
    },
  ];
}
