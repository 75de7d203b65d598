import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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

const lockName = 'lock.db';
/** https://sqlite.org/rescode.html#busy */
const busy = 5;

/**
 * Opens a folder, for one process at a time. @param isFresh forgets what it holds
 * @throws Error that says what is wrong and what to do
 */
export function openStateFolder(path: string, isFresh: boolean): StateFolder {
  const file = join(path, 'state.json');
  explained(path, () => mkdirSync(path, { recursive: true }));
  const lock = takeLock(path);
  const close = () => lock.isOpen && lock.close();
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

// A lock of the system's ends with its process, however that ended.
function takeLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, lockName));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === busy)
      throw new Error(`${path} is in use by another npm start. Stop that one first.`, { cause: error });
    throw error;
  }
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
