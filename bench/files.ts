import { createReadStream, createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, createGzip, gzip } from 'node:zlib';

const compress = promisify(gzip);

/** A gzip file of events on disk. */
export interface EventFile {
  readonly path: string;
  readonly bytes: number;
}

/** Writes lines into gzip files of `eventsPerFile` each, compressing one while the next is made. */
export async function writeEventFiles(
  folder: string,
  lines: Iterable<string>,
  eventsPerFile: number,
): Promise<readonly EventFile[]> {
  const written: Promise<EventFile>[] = [];
  let held: string[] = [];
  const close = async (): Promise<void> => {
    if (held.length === 0) return;
    await written.at(-2);
    written.push(writeEventFile(join(folder, `${written.length}.json.gz`), `${held.join('\n')}\n`));
    held = [];
  };
  for (const line of lines) {
    held.push(line);
    if (held.length === eventsPerFile) await close();
  }
  await close();
  return Promise.all(written);
}

async function writeEventFile(path: string, text: string): Promise<EventFile> {
  const bytes = await compress(text);
  await writeFile(path, bytes);
  return { path, bytes: bytes.length };
}

/** Writes the events of several files into one gzip file. */
export async function joinEventFiles(files: readonly EventFile[], path: string): Promise<EventFile> {
  await pipeline(eventsOf(files), createGzip(), createWriteStream(path));
  return { path, bytes: (await stat(path)).size };
}

async function* eventsOf(files: readonly EventFile[]): AsyncGenerator<Buffer, void, undefined> {
  for (const { path } of files) {
    const chunks: AsyncIterable<Buffer> = createReadStream(path).pipe(createGunzip());
    yield* chunks;
  }
}
