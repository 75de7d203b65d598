import { type App, type AppSettings, listApps, readAppSettings } from '../deploy/app.ts';
import { Stop } from '../deploy/stop.ts';
import type { World } from '../deploy/world.ts';

/** A function app of solution 3.0 or 3.1. */
export interface OldApp extends App {
  readonly group: string;
  readonly baseUrl: string | undefined;
  readonly startDate: string | undefined;
  /** The file share with its state. */
  readonly share: string;
  /** Opens the share; a secret. */
  readonly connectionString: string;
}

/** Finds the apps of solution 3.x in some resource groups. @throws Stop when one's state cannot be reached */
export async function findOldApps(
  subscription: string,
  groups: readonly string[],
  { az, arm }: Pick<World, 'az' | 'arm'>,
): Promise<readonly OldApp[]> {
  const found: OldApp[] = [];
  for (const group of groups) {
    for (const app of await listApps(`/subscriptions/${subscription}/resourceGroups/${group}`, arm)) {
      const settings = await readAppSettings(group, app.name, az);
      if (settings && isOld(settings)) found.push(oldApp(app, group, settings));
    }
  }
  return found;
}

// The five apps spell their settings differently; each has a share and one of three names for the client id.
const clientIds = ['MimecastClientID', 'Mimecast_Client_Id', 'Mimecast_client_id'];

function isOld(settings: AppSettings): boolean {
  return !('LOGS_INGESTION' in settings) && clientIds.some((name) => name in settings);
}

function oldApp(app: App, group: string, settings: AppSettings): OldApp {
  const connectionString = settings['Connection_String'] ?? settings['AzureWebJobsStorage'] ?? '';
  if (!/AccountKey=|SharedAccessSignature=/.test(connectionString)) {
    throw new Stop(
      `Nothing was changed. The state of ${app.name} cannot be opened: neither Connection_String nor AzureWebJobsStorage of its settings is a connection string. Put one there, and run npm run upgrade again.`,
    );
  }
  return {
    ...app,
    group,
    baseUrl: settings['BaseURL'] ?? settings['BaseUrl'],
    startDate: settings['StartDate'] || settings['Start_Date'] || undefined,
    share: settings['File_Share_Name'] || settings['FileShareName'] || 'mimecast-checkpoints',
    connectionString,
  };
}

const pollMs = 10_000;
const waitMs = 5 * 60_000;
/** A run that was under way may write its state once more. */
const settleMs = 30_000;

/** Stops apps and waits until they stand still. @throws Stop that says how to start them again */
export async function stopApps(apps: readonly OldApp[], { az, arm, terminal, clock, signal }: World): Promise<void> {
  const running = apps.filter(({ state }) => state !== 'Stopped');
  for (const { name, group } of running) {
    terminal.say(`Stopping ${name} …`);
    await az('functionapp stop', { 'resource-group': group, name });
  }
  const started = clock.now();
  const stillRunning = async () => {
    const groups = [...new Set(running.map(({ id }) => id.replace(/\/providers\/.*/, '')))];
    const states: App[] = [];
    for (const group of groups) states.push(...(await listApps(group, arm)));
    return states.filter(({ id, state }) => state !== 'Stopped' && running.some((app) => app.id === id));
  };
  for (let left = await stillRunning(); left.length > 0; left = await stillRunning()) {
    if (clock.now() > started + waitMs) {
      throw new Stop(
        `${left.map(({ name }) => name).join(', ')} did not stop within five minutes. Nothing was taken over. ${startAgain(apps)}`,
      );
    }
    await clock.wait(pollMs, signal);
  }
  if (running.length > 0) await clock.wait(settleMs, signal);
}

/** How the old apps are started again. */
export function startAgain(apps: readonly OldApp[]): string {
  const commands = apps.map(({ name, group }) => `az functionapp start --resource-group ${group} --name ${name}`);
  return `To start the old apps again:\n${commands.join('\n')}`;
}
