import type { JsonObject } from '../../../functions/tables/json.ts';
import type { BatchFeedName, WindowFeedName } from '../endpoints.ts';

/** An event and the feed that tells of it; `time` is its own (epoch ms). */
export interface Recorded {
  readonly feed: BatchFeedName | WindowFeedName;
  readonly time: number;
  readonly event: JsonObject;
}

/** Something that began at a time (epoch ms, within its slot), such as a message that came, and all events that tell of it. */
export interface Happening {
  readonly at: number;
  readonly records: readonly Recorded[];
}

export function happening(at: number, ...records: readonly (readonly Recorded[])[]): Happening {
  return { at, records: records.flat() };
}
