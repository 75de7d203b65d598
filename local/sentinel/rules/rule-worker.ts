import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { readContent } from '../content/read-files.ts';
import { recordOf } from './alert-record.ts';
import { areFeedsCaughtUp } from './caught-up.ts';
import { openLandedRows } from './landed-rows.ts';
import { bindContent, replayRules } from './replay.ts';
import { delayMs } from './run-rule.ts';
import { type FromRules, rulesData } from './rule-messages.ts';

/** A thread that runs the rules over the rows of a store's file, as they arrive, so that nothing else has to wait. */
const { rows: path, after, feeds, latestStart } = z.parse(rulesData, workerData);

/** The runs of the past come one after the other; word of how far they are is sent so often. */
const wordEveryMs = 250;
const pollEveryMs = 5000;
/** A run looks back on 14 days at most, and on what was late by a day. */
const needMs = 15 * 86_400_000;

function tell(message: FromRules): void {
  parentPort?.postMessage(message);
}

async function evaluate(): Promise<never> {
  const landed = openLandedRows(path, after === undefined ? Number.NEGATIVE_INFINITY : after - needMs);
  const replay = replayRules({ content: bindContent(readContent()), after });
  const take = (): void => {
    for (const [table, rows] of landed.next()) replay.add(table, rows);
  };
  take();
  // Rows of the past that land later would be missed by runs that have taken place.
  while (after === undefined && Date.now() < latestStart && !areFeedsCaughtUp(landed.health(), feeds)) {
    await setTimeout(1000);
    take();
  }
  for (;;) {
    const until = Date.now();
    let toldAt = performance.now();
    for (const { rule, scheduledAt, alerts, fault } of replay.due(until)) {
      const isTold = alerts.length > 0 || fault !== undefined || performance.now() - toldAt > wordEveryMs;
      if (!isTold) continue;
      toldAt = performance.now();
      // Runs of other rules at the same time may be to come.
      tell({
        alerts: alerts.map(recordOf),
        fault: fault === undefined ? undefined : `${rule.name}: ${fault}`,
        evaluatedUntil: scheduledAt - 1,
        isCurrent: false,
      });
    }
    tell({ alerts: [], evaluatedUntil: until - delayMs, isCurrent: true });
    await setTimeout(pollEveryMs);
    take();
  }
}

await evaluate();
