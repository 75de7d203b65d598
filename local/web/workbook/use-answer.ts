import { useEffect, useState } from 'preact/hooks';
import type { QueryAnswer, QueryRequest } from '../../sentinel/query/query.ts';
import { askQuery } from '../api.ts';

/** The answer to a query, and whether a newer one is on its way. */
export interface Answered {
  readonly answer: QueryAnswer | undefined;
  readonly isReading: boolean;
}

/** Asks a query whenever it changes; undefined asks nothing. The last answer stays until the next one is there. */
export function useAnswer(request: QueryRequest | undefined, round: number): Answered {
  const [answer, setAnswer] = useState<QueryAnswer>();
  const [isReading, setReading] = useState(request !== undefined);
  const key = JSON.stringify(request);
  useEffect(() => {
    if (!request) return setReading(false);
    const left = new AbortController();
    setReading(true);
    askQuery(request, left.signal).then(
      (found) => {
        setAnswer(found);
        setReading(false);
      },
      (error: Error) => {
        if (left.signal.aborted) return;
        setAnswer({ problem: error.message });
        setReading(false);
      },
    );
    return () => left.abort();
  }, [key, round]);
  return { answer: request ? answer : undefined, isReading };
}
