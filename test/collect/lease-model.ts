import type { Cursor } from '../../functions/collect/cursor.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Checkpoint, Checkpoints, Clock, Keepsakes } from '../../functions/collect/ports.ts';
import type { Step } from './fuse.ts';

/** A feed's checkpoint as a table service keeps it: what is written last holds, if its writer knew what was there. */
export interface Entity {
  etag: number;
  runId: string;
  /** Epoch milliseconds; undefined once released. */
  leaseUntil: number | undefined;
  checkpoint: Checkpoint | undefined;
  keepsakes: Keepsakes;
  /** Runs that are writing it now; each has to do so once at a time. */
  readonly writing: Set<string>;
}

interface Held {
  readonly runId: string;
  etag: number;
}

/** A checkpoint that was never written. */
export function newEntity(): Entity {
  return {
    etag: 0,
    runId: '',
    leaseUntil: undefined,
    checkpoint: undefined,
    keepsakes: { unsentHealth: [] },
    writing: new Set(),
  };
}

/** Checkpoints over one entity, with the lease and the ETag of the real ones; `onSave` sees each cursor as it is written. */
export function leaseModel(
  entity: Entity,
  clock: Clock,
  step: Step,
  onSave: (cursor: Cursor) => void = () => {},
): Checkpoints {
  // A run whose reply was lost knows its own write again, as the real adapter does by its run id.
  async function put(held: Held, name: string, change: () => void): Promise<void> {
    if (entity.writing.has(held.runId)) throw new TypeError(`Before ${name} the last write was not awaited.`);
    entity.writing.add(held.runId);
    try {
      await step(name);
      if (entity.etag !== held.etag) throw new ConnectorError('superseded', 'Another run has written the checkpoint.');
      held.etag = ++entity.etag;
      change();
      await step(`${name}, done`);
    } finally {
      entity.writing.delete(held.runId);
    }
  }

  return {
    async take(_feedName, runId, until) {
      await step('read the lease');
      const { etag, leaseUntil = 0, checkpoint, keepsakes } = entity;
      if (leaseUntil > clock.now()) throw new ConnectorError('superseded', 'Another run holds the lease.');
      const held = { runId, etag };
      await put(held, 'take the lease', () => Object.assign(entity, { runId, leaseUntil: until }));
      return {
        checkpoint,
        keepsakes,
        until,
        async save(cursor) {
          await put(held, 'save', () => {
            onSave(cursor);
            entity.checkpoint = { cursor: structuredClone(cursor), savedAt: clock.now() };
          });
        },
        async release(left) {
          await put(held, 'release', () => Object.assign(entity, { leaseUntil: undefined, keepsakes: left }));
        },
      };
    },
  };
}
