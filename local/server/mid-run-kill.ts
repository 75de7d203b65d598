import { feeds } from '../../functions/feeds/index.ts';
import { segCg } from '../../functions/tables/seg-cg.ts';

/** A lease outlives its run's deadline by this. */
const leaseBeyondDeadlineMs = 30_000;

/** Kills the host while a run is sending, and says what came of it. */
export interface MidRunKill {
  /** Runs Seg, and kills the host once rows arrive. */
  readonly arm: () => void;
  /** Rows have arrived, and nobody has been told yet. */
  readonly landed: (table: string) => void;
  /** What is going on, for a person. @param now epoch milliseconds */
  happens(now: number): string;
}

interface Options {
  /** The longest a run takes, in milliseconds. */
  readonly budgetMs: number;
  /** Gives the simulated tenant more to read than a moment's work; a real one has what it has. */
  readonly addBacklog: (() => void) | undefined;
  readonly fire: (name: string) => void;
  readonly kill: () => void;
  /** When the run of Seg began (epoch milliseconds). */
  readonly runningSince: () => number | undefined;
}

/** Is not armed at first. */
export function midRunKill({ budgetMs, addBacklog, fire, kill, runningSince }: Options): MidRunKill {
  const watched: ReadonlySet<string> = new Set(addBacklog ? [segCg.name] : feeds.map(({ table }) => table.name));
  let isArmed = false;
  let killed: { readonly at: number; readonly leaseEnds: number } | undefined;
  return {
    arm() {
      addBacklog?.();
      isArmed = true;
      fire('Seg');
    },
    landed(table) {
      if (!isArmed || !watched.has(table)) return;
      isArmed = false;
      const at = Date.now();
      const leaseMs = budgetMs + leaseBeyondDeadlineMs;
      killed = { at, leaseEnds: (runningSince() ?? at) + leaseMs };
      kill();
      // Azure would wait for the next timer; whoever watches need not.
      setTimeout(() => fire('Seg'), killed.leaseEnds - at + 1000).unref();
    },
    happens(now) {
      if (isArmed) return 'Waiting for rows of a run to arrive …';
      if (!killed) return '';
      const at = clock(killed.at);
      if (now < killed.leaseEnds)
        return `Killed at ${at} while rows were arriving. The killed run’s lease ends at ${clock(killed.leaseEnds)} UTC; Seg then runs again by itself.`;
      return `Killed at ${at} UTC; its lease ended at ${clock(killed.leaseEnds)}, and Seg went on from the last saved cursor.`;
    },
  };
}

function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}
