import { useEffect, useState } from 'preact/hooks';
import type { Assistance, AssistanceRequest } from '../../sentinel/query/assistance.ts';
import { askAssistance } from '../api.ts';

/** What the language service said, and of what. */
export interface Assisted {
  readonly request: AssistanceRequest;
  readonly assistance: Assistance;
}

const typingMs = 90;

/** Asks the language service whenever the text or the caret has rested for a moment. */
export function useAssistance(writing: string, caret: number): Assisted | undefined {
  const [assisted, setAssisted] = useState<Assisted>();
  useEffect(() => {
    const left = new AbortController();
    const timer = setTimeout(() => {
      const request = { writing, caret };
      // Without its help a query can still be written and run.
      askAssistance(request, left.signal).then(
        (assistance) => setAssisted({ request, assistance }),
        () => undefined,
      );
    }, typingMs);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [writing, caret]);
  return assisted;
}
