import { ConnectorError } from '../../functions/collect/fault.ts';

/** Stands before and after every effect that a run has on the world; what it does there is up to the test. */
export type Step = (name: string) => Promise<void>;

/** How a run is stopped at a step: that call fails, it and every later one fail, the process is killed, the app says stop. */
export type Ending = 'fails once' | 'keeps failing' | 'is killed' | 'is told to stop';
export const endings: readonly Ending[] = ['fails once', 'keeps failing', 'is killed', 'is told to stop'];

/** What stops a run at one of its steps. */
export interface Fuse {
  readonly step: Step;
  /** The steps so far. */
  readonly names: readonly string[];
  /** Resolves when the process is killed: none of its calls returns any more. */
  readonly killed: Promise<'killed'>;
  readonly stop: AbortSignal;
}

/** A fuse that blows at the `at`-th step, counted from 1. */
export function fuse(at: number, ending: Ending): Fuse {
  const names: string[] = [];
  const killed = Promise.withResolvers<'killed'>();
  const stopping = new AbortController();
  return {
    names,
    killed: killed.promise,
    stop: stopping.signal,
    async step(name) {
      names.push(name);
      if (names.length < at) return;
      if (ending === 'is told to stop') stopping.abort();
      else if (ending === 'is killed') {
        killed.resolve('killed');
        await new Promise(() => {});
      } else if (names.length === at || ending === 'keeps failing') {
        throw new ConnectorError('unavailable', `Stopped at ${name}.`);
      }
    },
  };
}
