import { ConnectorError } from '../collect/fault.ts';
import type { Clock, Keepsakes, Lease } from '../collect/ports.ts';
import {
  type Head,
  type Properties,
  type Saved,
  cursorProperties,
  entityVersion,
  keepsakeProperties,
  readHead,
} from './entity.ts';
import type { EntityStore } from './entity-store.ts';

/** A lease that was just written, as the first write of its run. */
export interface Held {
  readonly store: EntityStore;
  readonly clock: Clock;
  readonly feedName: string;
  readonly runId: string;
  /** Epoch milliseconds. */
  readonly until: number;
  readonly etag: string;
  readonly saved: Saved;
}

/** How often a write meets an earlier one of its own run, given up but done after all, before it is called lost. */
const putRounds = 3;

/** A run's hold on a feed's entity. Each write replaces it whole and holds only when nobody else has written since. */
export function tableLease(held: Held): Lease {
  const { store, clock, feedName, runId, until, saved } = held;
  let { etag } = held;
  let { cursor } = saved;
  let writes = 1;

  async function put(properties: Properties, keepsakes: Keepsakes, signal: AbortSignal): Promise<void> {
    const own = { Version: entityVersion, RunId: runId, Write: ++writes };
    const entity = { ...own, ...properties, ...keepsakeProperties(keepsakes) };
    for (let round = 1; round <= putRounds; round++) {
      const written = await store.write(entity, { mode: 'Replace', etag }, signal);
      if (written !== undefined) {
        etag = written;
        return;
      }
      const found = await store.read(signal);
      const head = found && readHead(found);
      if (head?.RunId !== runId) throw lostTo(head, feedName);
      etag = head.etag;
      if (head.Write === writes) return;
    }
    throw lostTo(undefined, feedName);
  }

  return {
    checkpoint: saved.checkpoint,
    keepsakes: saved.keepsakes,
    until,
    async save(next, signal) {
      const properties = cursorProperties(next, clock.now());
      await put({ LeaseUntil: new Date(until), ...properties }, saved.keepsakes, signal);
      cursor = properties;
    },
    async release(keepsakes, signal) {
      await put(cursor, keepsakes, signal);
    },
  };
}

function lostTo(head: Head | undefined, feedName: string): ConnectorError {
  const message = head
    ? `The run ${head.RunId} has taken the checkpoint of ${feedName} over.`
    : `The checkpoint of ${feedName} was changed from outside while this run held it.`;
  return new ConnectorError('superseded', message);
}
