import type { Checkpoints } from '../../functions/collect/ports.ts';
import { type AppSettings } from '../deploy/app.ts';
import { type Installation, findInstallation } from '../deploy/installation.ts';
import { pauseSetting, pausedConnectors } from '../deploy/paused.ts';
import { type Place, type PlaceNames, findPlace } from '../deploy/place.ts';
import { Stop } from '../deploy/stop.ts';
import type { World } from '../deploy/world.ts';
import { feedsBegun, importState } from './import-state.ts';
import { type OldApp, findOldApps, startAgain, stopApps } from './old-apps.ts';
import { readState } from './read-state.ts';
import { type RulesPlan, findRules, ownRuleLines, replaceRules } from './rules.ts';

/** What `npm run upgrade` is to do. */
export interface UpgradeRequest {
  readonly names: PlaceNames;
  readonly name: string;
  /** Where the apps of solution 3.x are; empty: in the groups of the connector and of the workspace. */
  readonly oldGroups: readonly string[];
  readonly onlyWhatIf: boolean;
}

/** The world, and the checkpoints that an app's settings name. */
export interface UpgradeWorld extends World {
  readonly checkpointsOf: (settings: AppSettings) => Checkpoints;
}

/**
 * Takes over from solution 3.0 or 3.1: stops its apps, writes their state into our checkpoints, starts our app.
 * @throws Stop, before the old apps are stopped, when something is missing or nobody agrees
 */
export async function upgrade(request: UpgradeRequest, world: UpgradeWorld): Promise<void> {
  const { az, arm, terminal, clock } = world;
  const place = await findPlace(request.names, az, arm);
  const ours = await findInstallation(place, world, request.name);
  if (!ours) throw new Stop('Nothing was changed. First: npm run deploy with --paused and --disable-rules.');
  const oldApps = await findOld(place, request, world);
  const checkpoints = world.checkpointsOf(ours.settings);
  const rules = await findRules(place, arm);
  // Once before anything is stopped: it proves that all can be read and written.
  const trial = await readState(oldApps, clock.now(), az);
  const begun = await feedsBegun(checkpoints, clock);
  terminal.say('Found:');
  for (const line of describe(oldApps, ours)) terminal.say(line);
  for (const { feed, line } of trial.feeds) {
    terminal.say(`  ${begun.has(feed) ? `${feed} keeps its own checkpoint.` : line}`);
  }
  for (const line of trial.deadLetters) terminal.say(`  ${line} They stay there.`);
  for (const { old } of rules.replaced) terminal.say(`  rule "${old.title}", made from a template of 3.x`);
  for (const line of ownRuleLines(rules)) terminal.say(`  ${line}`);
  if (request.onlyWhatIf) return terminal.say('Nothing was changed (--what-if).');
  if (!(await terminal.confirm(`Stop ${oldApps.length} old apps and go on with ours?`)))
    throw new Stop('Nothing was changed.');
  await takeOver(oldApps, checkpoints, world);
  await start(place, ours, world);
  terminal.say(
    `Our app runs. ${startAgain(oldApps)}\nThen stop ours: az functionapp stop --resource-group ${place.group.name} --name ${ours.app.name}`,
  );
  await swapRules(rules, world);
}

async function findOld(place: Place, { oldGroups }: UpgradeRequest, world: World): Promise<readonly OldApp[]> {
  const groups = oldGroups.length > 0 ? oldGroups : [...new Set([place.group.name, place.workspace.groupName])];
  const found = await findOldApps(place.subscription, groups, world);
  if (found.length > 0) return found;
  throw new Stop(
    `Nothing was changed. No app of solution 3.x is in ${groups.join(', ')}: name its group with --old-resource-group.`,
  );
}

function describe(apps: readonly OldApp[], { settings }: Installation): readonly string[] {
  const base = settings['MIMECAST_BASE_URL'];
  return apps.flatMap(({ name, group, state, baseUrl, startDate }) => [
    `  app ${name} in ${group} (${state.toLowerCase()})${startDate === undefined ? '' : `, start date ${startDate}`}`,
    ...(baseUrl !== undefined && base !== undefined && new URL(baseUrl).host !== new URL(base).host
      ? [`  It reads ${baseUrl}, ours ${base}. If that is another account, deploy with --base-url ${baseUrl} first.`]
      : []),
  ]);
}

/** The old apps are stopped first, then their last state is read and written: events may come twice, none is passed over. */
async function takeOver(oldApps: readonly OldApp[], checkpoints: Checkpoints, world: World): Promise<void> {
  const { az, clock, terminal } = world;
  try {
    await stopApps(oldApps, world);
    const { feeds } = await readState(oldApps, clock.now(), az);
    for (const line of await importState(feeds, checkpoints, clock)) terminal.say(line);
  } catch (error) {
    if (error instanceof Stop) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new Stop(
      `Our app was not started: ${words}\nRun npm run upgrade again; it goes on here. ${startAgain(oldApps)}`,
      error,
    );
  }
}

/** Lets the timers fire. */
async function start(place: Place, { app, settings }: Installation, { az }: World): Promise<void> {
  const at = { 'resource-group': place.group.name, name: app.name };
  const paused = pausedConnectors(settings).map(pauseSetting);
  if (paused.length > 0) await az('functionapp config appsettings delete', { ...at, 'setting-names': paused });
  if (app.state === 'Stopped') await az('functionapp start', at);
}

async function swapRules(rules: RulesPlan, world: World): Promise<void> {
  const { terminal } = world;
  const { length } = rules.replaced;
  if (length === 0) return;
  if (await terminal.confirm(`Switch ${length} rules of 3.x off and ours on?`)) return replaceRules(rules, world);
  terminal.say('The rules stay as they are. npm run upgrade asks again.');
}
