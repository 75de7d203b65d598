import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Lends a folder that only this user can read, and removes it with all that is in it: afterwards, and when the process
 * ends before.
 */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mimecast-'));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  const interrupted = (): never => {
    removeNow();
    process.exit(130);
  };
  process.once('exit', removeNow).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await use(folder);
  } finally {
    process.off('exit', removeNow).off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lends a file with the mode 0600, such as one with secrets for az, and removes it afterwards. */
export async function withFile<T>(name: string, content: string, use: (path: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600 });
    return use(path);
  });
}
