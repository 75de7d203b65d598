import type { FromWorker } from './worker-messages.ts';

/** Answers that still hold, by what was asked. */
export interface KeptAnswers {
  find(key: string, nowMs: number): string | undefined;
  keep(key: string, given: FromWorker, nowMs: number): void;
}

interface Kept {
  readonly answer: string;
  readonly tables: FromWorker['tables'];
  readonly answeredMs: number;
}

/** An answer may depend on what time it is. */
const validMs = 60_000;
const mostCharacters = 40_000_000;

/** @param newestIn the number of the newest row in a table, 0 for none */
export function keepAnswers(newestIn: (table: string) => number): KeptAnswers {
  const kept = new Map<string, Kept>();
  let characters = 0;
  const forget = (key: string): void => {
    characters -= kept.get(key)?.answer.length ?? 0;
    kept.delete(key);
  };
  return {
    find(key, nowMs) {
      const found = kept.get(key);
      if (!found) return undefined;
      const isCurrent = Object.entries(found.tables).every(([table, newest]) => newestIn(table) === newest);
      if (isCurrent && nowMs - found.answeredMs < validMs) return found.answer;
      forget(key);
      return undefined;
    },
    keep(key, { answer, tables }, nowMs) {
      forget(key);
      kept.set(key, { answer, tables, answeredMs: nowMs });
      characters += answer.length;
      for (const oldest of kept.keys()) {
        if (characters <= mostCharacters) return;
        forget(oldest);
      }
    },
  };
}
