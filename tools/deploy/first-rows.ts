import { connectors } from '../../functions/connectors.ts';
import { readSchedules } from '../../functions/settings/schedule.ts';
import { nextTime } from '../../local/schedule.ts';
import { type FeedHealth, newestException, readHealth } from './health.ts';
import type { Installation } from './installation.ts';
import { pauseSetting, pausedConnectors } from './paused.ts';
import type { Place } from './place.ts';
import type { World } from './world.ts';

// Most feeds answer within minutes; who is still silent then waits for a role.
const patientAfterMs = 10 * 60_000;
const pollMs = (waitedMs: number) => (waitedMs < patientAfterMs ? 60_000 : 150_000);
/** A new role takes up to 30 minutes and a new table up to 15, one beside the other. */
const longestWaitMs = 40 * 60_000;
/** Clocks differ; a row of just before the deployment's end counts too. */
const marginMs = 60_000;

/** What came of the first runs. */
interface FirstRows {
  readonly isWell: boolean;
  readonly lines: readonly string[];
}

/** A feed whose first run is awaited, and those whose timers fire too late for that. */
interface Expected {
  readonly feeds: readonly string[];
  readonly later: readonly string[];
}

/** Waits for the first Health row of each feed that is due soon, and says in plain words how each fares. */
export async function waitForFirstRows(place: Place, installation: Installation, world: World): Promise<FirstRows> {
  const { az, terminal, clock, signal } = world;
  const started = clock.now();
  const { feeds, later } = expectedFeeds(installation.settings, started);
  terminal.say(
    `Waiting for the first rows of ${feeds.length} feeds. A new role takes up to 30 minutes, a new table up to 15.`,
  );
  let health: readonly FeedHealth[] = [];
  const isSettled = () => feeds.every((feed) => health.some((row) => row.feed === feed && !isPassing(row)));
  while (!isSettled() && clock.now() < started + longestWaitMs) {
    await clock.wait(pollMs(clock.now() - started), signal);
    health = await readHealth(place, started - marginMs, az);
  }
  const lines = feeds.map((feed) =>
    lineOf(
      feed,
      health.find((row) => row.feed === feed),
    ),
  );
  const silent = feeds.filter((feed) => !health.some((row) => row.feed === feed));
  return {
    isWell: silent.length === 0 && health.every(({ fault }) => fault === ''),
    lines: [
      ...lines,
      ...later,
      ...(silent.length > 0 ? await reasonsOfSilence(place, installation, started, world) : []),
    ],
  };
}

// These pass by themselves: https://learn.microsoft.com/azure/azure-monitor/logs/tutorial-logs-ingestion-code (roles)
function isPassing({ fault }: FeedHealth): boolean {
  return ['unavailable', 'throttled', 'superseded'].includes(fault);
}

function lineOf(feed: string, health: FeedHealth | undefined): string {
  if (!health) return `  ${feed}: no run was seen.`;
  if (health.fault !== '') return `  ${feed}: ${health.fault}. ${health.message}`;
  const note = health.message === '' ? '' : ` ${health.message}`;
  return `  ${feed}: ${health.rowsSent} rows arrived.${note}`;
}

/** The feeds of the connectors that are on, by whether their timers fire soon. @param now epoch milliseconds */
function expectedFeeds(settings: Installation['settings'], now: number): Expected {
  const on = settings['CONNECTORS']?.split(',').map((name) => name.trim());
  const paused = pausedConnectors(settings);
  const timers = readSchedules(settings, connectors).filter(
    ({ connector }) => (!on || on.includes(connector.setting)) && !paused.includes(connector.name),
  );
  const due = timers.map(({ connector, schedule }) => ({ connector, at: nextTime(schedule, now) }));
  const soon = now + longestWaitMs / 2;
  return {
    feeds: due.filter(({ at }) => at <= soon).flatMap(({ connector }) => connector.feeds.map(({ name }) => name)),
    later: [
      ...due
        .filter(({ at }) => at > soon)
        .map(
          ({ connector: { name }, at }) => `  ${name} runs first at ${new Date(at).toISOString()}; it is not awaited.`,
        ),
      ...paused.map((name) => `  ${name} is paused by the setting ${pauseSetting(name)}.`),
    ],
  };
}

/** Why no Health row came, as far as it can be told from here. */
async function reasonsOfSilence(
  place: Place,
  { app }: Installation,
  since: number,
  { az }: World,
): Promise<readonly string[]> {
  const functions = await az('functionapp function list', { 'resource-group': place.group.name, name: app.name });
  if (Array.isArray(functions) && functions.length === 0) {
    return [`The app ${app.name} has no functions: the package was not loaded. Run npm run deploy again.`];
  }
  const exception = await newestException(place, app.name, since, az);
  if (exception !== undefined) return [`The app's newest error: ${exception}`];
  return ['The app is there and says nothing. Run npm run preflight; it names what is missing.'];
}
