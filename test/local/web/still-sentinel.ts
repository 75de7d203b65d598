import { join } from 'node:path';
import { openAlertBook } from '../../../local/sentinel/rules/alert-book.ts';
import type { AlertRecord } from '../../../local/sentinel/rules/alert-record.ts';
import type { AnalyticsRule } from '../../../local/sentinel/content/analytics-rule.ts';
import { openQueries } from '../../../local/sentinel/query/queries.ts';
import { openStore, type RowStore } from '../../../local/sentinel/store.ts';
import { openHistory } from '../../../local/server/history.ts';
import type { LocalSentinel } from '../../../local/server/local-sentinel.ts';
import { overviewOf } from '../../../local/server/overview.ts';
import { openRowReader } from '../../../local/server/row-reader.ts';

/** A local Sentinel in which nothing goes on: rows and alerts are what a test puts there. */
export interface StillSentinel extends LocalSentinel {
  readonly store: RowStore;
  raise(alerts: readonly AlertRecord[]): void;
}

const parsers = join(import.meta.dirname, '..', '..', '..', 'parsers-kql');

/** Opens it in a folder. @param rules those that raise its alerts */
export function openStillSentinel(folder: string, rules: readonly AnalyticsRule[]): StillSentinel {
  const path = join(folder, 'rows.db');
  const store = openStore(path);
  const book = openAlertBook(store, rules);
  const reader = openRowReader(path);
  const queries = openQueries({ rows: path, parsers, threads: 1, now: Date.now });
  const none = { schedule: undefined, nextAt: undefined, runningSince: undefined, failure: undefined };
  return {
    store,
    reader,
    queries,
    raise: (alerts) => void book.add(alerts),
    detection: {
      ...book,
      progress: () => ({ evaluatedUntil: Date.now(), isCurrent: true, faults: [] }),
      close: () => Promise.resolve(),
    },
    workbooks: { list: () => [], read: () => undefined },
    history: openHistory(),
    switches: { list: () => [], set: () => Promise.resolve(false) },
    overview: () =>
      overviewOf({
        now: Date.now(),
        source: { kind: 'real', url: 'https://mimecast.example' },
        host: { state: 'running', pid: undefined, restarts: 0 },
        switches: [],
        enabled: [],
        activity: () => none,
        runs: new Map(),
        lags: new Map(),
        rows: new Map(),
        rejectedRows: new Map(),
        ledger: [],
      }),
    run: () => false,
    onChange: () => () => undefined,
    async close() {
      await queries.close();
      reader.close();
      store.close();
    },
  };
}
