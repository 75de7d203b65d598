import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writeRefusal } from './write-refusal.ts';

const extra = z.object({
  kind: z.enum(['mail', 'deadFile', 'brokenLines', 'backlog']),
  number: z.number(),
  at: z.number(),
  step: z.number(),
});
const savedState = z.object({
  version: z.literal(1),
  /** When the folder was begun (epoch milliseconds); the past of a simulated tenant ends then. */
  startedAt: z.number(),
  /** What makes a simulated tenant the same one when it is started again; a real one has none. */
  tenant: z
    .object({ seed: z.number(), days: z.number(), users: z.number(), quiet: z.boolean(), extras: z.array(extra) })
    .optional(),
});
export type SavedState = z.infer<typeof savedState>;

/** A folder that keeps what outlives `npm start`. */
export interface StateFolder {
  /** The file with the rows. */
  readonly rows: string;
  /** Where the checkpoints are. */
  readonly checkpoints: string;
  /** As it was saved last; undefined in a new folder. */
  readonly saved: SavedState | undefined;
  save(state: SavedState): void;
  /** Lets other processes open it. */
  close(): void;
}

const lockName = 'lock';

/**
 * Opens a folder, for one process at a time. @param isFresh forgets what it holds
 * @throws Error that says what is wrong and what to do
 */
export function openStateFolder(path: string, isFresh: boolean): StateFolder {
  const file = join(path, 'state.json');
  const close = () => rmSync(join(path, lockName), { force: true });
  explained(path, () => mkdirSync(path, { recursive: true }));
  takeLock(path);
  try {
    if (isFresh) forget(path);
    return {
      rows: join(path, 'rows.db'),
      checkpoints: path,
      saved: readSaved(file),
      save(state) {
        // A file that is replaced as a whole is never found half written.
        writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
        renameSync(`${file}.new`, file);
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function takeLock(path: string): void {
  const lock = join(path, lockName);
  const holder = Number(readIfThere(lock) ?? 0);
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `${path} is in use by another npm start (process ${holder}). Stop that one first, or remove ${lock} if it is something else.`,
    );
  }
  explained(path, () => writeFileSync(lock, String(process.pid)));
}

function forget(path: string): void {
  for (const name of readdirSync(path)) {
    if (name !== lockName) explained(path, () => rmSync(join(path, name), { recursive: true, force: true }));
  }
}

function readSaved(file: string): SavedState | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return savedState.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} cannot be read: it is broken or from another version. npm start -- --fresh begins anew.`);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @throws Error in plain words when the folder cannot be written */
function explained(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw writeRefusal(path, error);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
