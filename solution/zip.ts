import { zipSync } from 'fflate';

/** Packs files, by path inside the zip; the same files give the same bytes, on every machine and at every time. */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // A zip holds local time without a zone: these parts read the same everywhere.
  const modified = new Date(2026, 0, 1);
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: modified });
}
