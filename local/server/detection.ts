import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { connectors } from '../../functions/connectors.ts';
import { readContent } from '../sentinel/content/read-files.ts';
import { type AlertBook, openAlertBook } from '../sentinel/rules/alert-book.ts';
import { startRuleThread } from '../sentinel/rules/rule-thread.ts';
import type { RowStore } from '../sentinel/store.ts';

/** How far the rules are. */
export interface RuleProgress {
  /** All runs scheduled up to it have taken place (epoch milliseconds); undefined before the first. */
  readonly evaluatedUntil: number | undefined;
  /** Nothing is due. */
  readonly isCurrent: boolean;
  /** Why rules do not run any more. */
  readonly faults: readonly string[];
}

/** The rules at work: what they have raised, and how far they are. */
export interface Detection extends Omit<AlertBook, 'add'> {
  progress(): RuleProgress;
  close(): Promise<void>;
}

interface Options {
  readonly store: Pick<RowStore, 'insert' | 'rows'>;
  /** The store's file. */
  readonly rows: string;
  /** A folder in which to keep how far the rules are. */
  readonly folder: string;
  /** The settings' names of the connectors that are on. */
  readonly enabled: readonly string[];
  readonly onChange: () => void;
  /** Hears, in plain words, what was raised. */
  readonly onLine: (line: string) => void;
}

const saved = z.object({ evaluatedUntil: z.number() });
/** So long the rules wait for feeds that do not catch up. */
const longestWaitMs = 10 * 60_000;

/** Runs the rules in a thread of their own: over the past first, once it has landed, then as time goes on. */
export function startDetection({ store, rows, folder, enabled, onChange, onLine }: Options): Detection {
  const file = join(folder, 'rules.json');
  const book = openAlertBook(store, readContent().rules);
  const after = readSaved(file);
  let progress: RuleProgress = { evaluatedUntil: after, isCurrent: false, faults: [] };
  const feeds = connectors.filter(({ setting }) => enabled.includes(setting)).flatMap(({ feeds: of }) => of);
  const data = { rows, after, feeds: feeds.map(({ name }) => name), latestStart: Date.now() + longestWaitMs };
  const thread = startRuleThread(
    data,
    ({ alerts, fault, evaluatedUntil, isCurrent }) => {
      const added = book.add(alerts);
      // Of the past there are many at once.
      const isLive = progress.isCurrent;
      if (isLive) for (const { severity, name } of added) onLine(`Alert: ${severity}, ${name}`);
      if (fault !== undefined) onLine(`A rule is off: ${fault}`);
      if (isCurrent && !progress.isCurrent && after === undefined)
        onLine(`The rules have run over the past: ${book.list().length} alerts, ${book.incidents().length} incidents.`);
      const faults = fault === undefined ? progress.faults : [...progress.faults, fault];
      progress = { evaluatedUntil, isCurrent: progress.isCurrent || isCurrent, faults };
      save(file, evaluatedUntil);
      if (added.length > 0 || isCurrent !== isLive) onChange();
    },
    (why) => onLine(`The rules have stopped: ${why}`),
  );
  return { list: book.list, find: book.find, incidents: book.incidents, progress: () => progress, close: thread.close };
}

function readSaved(file: string): number | undefined {
  try {
    return saved.parse(JSON.parse(readFileSync(file, 'utf8'))).evaluatedUntil;
  } catch {
    // Without it the rules run over the past again; alerts that are there are not raised twice.
    return undefined;
  }
}

function save(file: string, evaluatedUntil: number): void {
  writeFileSync(`${file}.new`, JSON.stringify({ evaluatedUntil }));
  renameSync(`${file}.new`, file);
}
