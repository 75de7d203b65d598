import { eventsOf, type BatchFile, bytesOf, filePrefixes, typeOf } from './batch-files.ts';
import type { BatchFeedName } from './endpoints.ts';
import type { Served } from './served.ts';

/** A file in the order of its arrival: `arrival` (epoch ms), then `number`. */
export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly arrival: number;
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly size: number | null;
}

/** A place in the order of arrival. */
export type Position = Pick<StoredFile, 'arrival' | 'number'>;

/** The files of one batch feed. */
export interface BatchStore {
  /** @returns the file's name: its link's path */
  add(file: BatchFile): string;
  /** Adds another file with the bytes of a stored one; its events are not counted again. */
  repeat(file: StoredFile): void;
  /** The files of some types behind a position that have arrived by now. */
  behind(position: Position, types: readonly string[]): readonly StoredFile[];
  served(): readonly Served[];
}

/** @param byName where the host of the files finds them, shared by both batch feeds */
export function keepFiles(feed: BatchFeedName, byName: Map<string, StoredFile>, now: () => number): BatchStore {
  const files: StoredFile[] = [];
  const contents: { readonly file: BatchFile; readonly arrival: number }[] = [];
  // A file that arrived before a listing already shown would stand before the tokens given out, and be lost.
  let listedAt = Number.NEGATIVE_INFINITY;
  const store = (type: string, bytes: Uint8Array, size: number | null, at: number): StoredFile => {
    const number = byName.size;
    const arrival = Math.max(at, listedAt);
    const name = `/siem-${feed.toLowerCase()}/${filePrefixes[feed][type] ?? 'email'}_${arrival}_${number}.json.gz`;
    const stored = { name, type, arrival, number, bytes, size };
    byName.set(name, stored);
    const index = files.findLastIndex((other) => other.arrival <= arrival);
    files.splice(index + 1, 0, stored);
    return stored;
  };
  return {
    add(file) {
      const bytes = bytesOf(file, byName.size % 2 === 0);
      const size = file.size === undefined ? bytes.length : file.size;
      const { name, arrival } = store(typeOf(feed, file), bytes, size, file.availableAt ?? now());
      contents.push({ file, arrival });
      return name;
    },
    repeat: (file) => void store(file.type, file.bytes, file.size, now()),
    behind(position, types) {
      listedAt = Math.max(listedAt, now());
      return files.filter((file) => isBehind(file, position) && file.arrival <= now() && types.includes(file.type));
    },
    served: () =>
      contents.flatMap(({ file, arrival }) => eventsOf(file).map((event) => ({ event, availableAt: arrival }))),
  };
}

function isBehind(file: Position, position: Position): boolean {
  return file.arrival > position.arrival || (file.arrival === position.arrival && file.number > position.number);
}
