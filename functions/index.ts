import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type InvocationContext, app } from '@azure/functions';
import { type Adapters, makeAdapters } from './adapters.ts';
import { systemClock } from './clock.ts';
import { ConnectorError } from './collect/fault.ts';
import type { Log, LogFields } from './collect/ports.ts';
import { runConnector } from './collect/run-connector.ts';
import { type Connector, connectors } from './connectors.ts';
import { limitRun } from './run-limits.ts';
import { type TimerSchedule, readSchedules } from './settings/schedule.ts';
import { type Settings, readSettings } from './settings.ts';
import { appVersion } from './version.ts';

const cutThread = join(import.meta.dirname, 'cut-thread.cjs');
const appStop = new AbortController();
const running = new Set<Promise<void>>();
let adapters: Adapters | undefined;

for (const timer of readSchedules(process.env, connectors)) {
  app.timer(timer.connector.name, {
    schedule: timer.schedule,
    handler: (_timer, context) => untilDone(run(timer, logOf(context))),
  });
}

// The worker's process ends a few seconds after this hook: runs save what they have and give their leases back.
app.hook.appTerminate(async () => {
  appStop.abort();
  await Promise.allSettled(running);
});

async function untilDone(work: Promise<void>): Promise<void> {
  running.add(work);
  try {
    await work;
  } finally {
    running.delete(work);
  }
}

/** One firing of a timer. @throws when a setting is wrong, or the run needs somebody */
async function run({ connector, problem }: TimerSchedule<Connector>, log: Log): Promise<void> {
  const settings = readSettings(process.env, connectors, systemClock.now());
  if (!settings.connectors.has(connector.setting)) return;
  if (problem !== undefined) throw new ConnectorError('denied', problem);
  adapters ??= makeAdapters(settings, systemClock, cutThread);
  const limits = limitRun(settings.runBudgetMs, appStop.signal);
  try {
    await runConnector(
      connector.feeds,
      { ...adapters, account: settings.account, log },
      { ...limits, ...runOf(connector, settings) },
    );
  } finally {
    limits.clear();
  }
}

function runOf(connector: Connector, settings: Settings) {
  return {
    runId: randomUUID(),
    connector: connector.name,
    appVersion,
    clock: systemClock,
    random: Math.random,
    deadline: systemClock.now() + settings.runBudgetMs,
    startDate: settings.startDate,
  };
}

function logOf(context: InvocationContext): Log {
  const line = (message: string, fields: LogFields = {}) => `${message} ${JSON.stringify(fields)}`;
  return {
    info: (message, fields) => context.info(line(message, fields)),
    warn: (message, fields) => context.warn(line(message, fields)),
    error: (message, fields) => context.error(line(message, fields)),
  };
}
