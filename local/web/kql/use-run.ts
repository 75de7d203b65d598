import { useEffect, useRef, useState } from 'preact/hooks';
import type { QueryAnswer, QueryRequest } from '../../sentinel/query/query.ts';
import { askQuery } from '../api.ts';

/** More would keep a browser busy; the grid says how many there are. */
const mostRows = 10_000;

/** A query that was run: its answer once it is there. */
export interface Run {
  /** Counts the runs. */
  readonly number: number;
  readonly query: string;
  readonly answer: QueryAnswer | undefined;
}

/** Runs queries by hand, one at a time: a new one ends the one before. */
export function useRun() {
  const [run, setRun] = useState<Run>();
  const left = useRef<AbortController | undefined>(undefined);
  const number = useRef(0);
  const stop = (): void => {
    left.current?.abort();
    setRun((now) => (now?.answer ? now : undefined));
  };
  useEffect(() => () => left.current?.abort(), []);
  const start = (query: string, limits: Pick<QueryRequest, 'range' | 'nowMs'>): void => {
    left.current?.abort();
    const mine = (left.current = new AbortController());
    const begun = { number: (number.current += 1), query };
    setRun({ ...begun, answer: undefined });
    askQuery({ query, ...limits, rowLimit: mostRows }, mine.signal).then(
      (answer) => mine.signal.aborted || setRun({ ...begun, answer }),
      (error: Error) => mine.signal.aborted || setRun({ ...begun, answer: { problem: error.message } }),
    );
  };
  return { run, start, stop };
}
