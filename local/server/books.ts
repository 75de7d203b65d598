import { text } from '../../functions/collect/cells.ts';
import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import { type Ledger, openLedger } from '../ledger.ts';
import { type FeedRun, runOfHealth, runOfLog } from './feed-run.ts';
import { type History, openHistory } from './history.ts';
import type { OnRows } from './watched-store.ts';

/** What is counted while rows land and runs end. */
export interface Books {
  readonly ledger: Ledger;
  readonly history: History;
  /** Rows by table. */
  readonly rows: ReadonlyMap<string, number>;
  /** Rejected rows by feed. */
  readonly rejectedRows: ReadonlyMap<string, number>;
  /** The latest run by feed. */
  readonly runs: ReadonlyMap<string, FeedRun>;
  /** The lag of the latest run that read anything, by feed, in seconds. */
  readonly lags: ReadonlyMap<string, number>;
  /** Takes rows that have landed, these for the first time or found again after a restart. */
  readonly land: OnRows;
  /** Takes a log line of the app. @returns the run that it tells of, if any */
  log(line: string, now: number): FeedRun | undefined;
}

/** Opens empty books. */
export function openBooks(): Books {
  const ledger = openLedger();
  const history = openHistory();
  const rows = new Map<string, number>();
  const rejectedRows = new Map<string, number>();
  const runs = new Map<string, FeedRun>();
  const lags = new Map<string, number>();

  const noteRun = (run: FeedRun): void => {
    const known = runs.get(run.feed);
    // Kept Health rows land late, and the log line of a run may be read before or after its row.
    const isNewer = !known || run.ended >= known.ended || run.runId === known.runId;
    if (isNewer)
      runs.set(
        run.feed,
        run.runId === known?.runId ? { ...known, ...run, lagSeconds: run.lagSeconds ?? known.lagSeconds } : run,
      );
    if (isNewer && run.lagSeconds !== undefined) lags.set(run.feed, run.lagSeconds);
  };

  return {
    ledger,
    history,
    rows,
    rejectedRows,
    runs,
    lags,
    land(table, landed) {
      rows.set(table, (rows.get(table) ?? 0) + landed.length);
      history.land(table, landed);
      ledger.land(
        table,
        landed.map(({ row }) => row),
      );
      for (const { row } of landed) {
        if (table === mimecastHealth.name) noteIf(runOfHealth(row), noteRun);
        if (table === mimecastRejected.name) add(rejectedRows, text(row['Feed']) ?? '');
      }
    },
    log(line, now) {
      const run = runOfLog(line, now);
      noteIf(run, noteRun);
      return run;
    },
  };
}

function noteIf(run: FeedRun | undefined, note: (run: FeedRun) => void): void {
  if (run) note(run);
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
