import type { BatchSource, Feed, SnapshotSource, Source, WindowSource } from '../collect/feed.ts';
import type { Read } from '../collect/ports.ts';
import type { Columns } from '../tables/table.ts';
import type { Client } from './client.ts';
import { readBatch } from './read-batch.ts';
import { readSnapshots } from './read-snapshot.ts';
import { readWindows } from './read-window.ts';

/** Reads any feed by the kind of its source. */
export function mimecastRead(client: Client): Read {
  return (feed, from, run) => {
    if (isKind(feed, 'batch')) return readBatch(feed, from, run, client);
    if (isKind(feed, 'window')) return readWindows(feed, from, run, client);
    if (isKind(feed, 'snapshot')) return readSnapshots(feed, from, run, client);
    throw new TypeError(`No reader for feed ${feed.name}.`);
  };
}

interface Sources {
  batch: BatchSource;
  window: WindowSource;
  snapshot: SnapshotSource;
}

function isKind<K extends Source['kind']>(feed: Feed, kind: K): feed is Feed<Columns, Sources[K]> {
  return feed.source.kind === kind;
}
