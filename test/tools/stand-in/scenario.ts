import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Json } from '../../../functions/tables/json.ts';

/** What the stand-in of az answers: JSON, an error (as az words it after `ERROR: `), or a file it is told to write. */
export interface Reply {
  readonly json?: Json;
  readonly error?: string;
  readonly file?: Uint8Array;
}

/** Replies by call: `account show`, `rest GET /subscriptions/…` (without its query). Of several the last one repeats. */
export type Scenario = Readonly<Record<string, Reply | readonly Reply[]>>;

/** A call as the stand-in met it. */
export interface Call {
  readonly key: string;
  readonly args: readonly string[];
  /** The file lent as `@path`: its mode, and what was in it. */
  readonly lent: { readonly mode: string; readonly text: string } | undefined;
  /** The file that a blob was uploaded from. */
  readonly file: Uint8Array | undefined;
  /** Whether these stood in its environment. */
  readonly hasConnectionString: boolean;
  readonly hasMimecastSecret: boolean;
}

/** The stand-in on a PATH of its own. */
export interface StandIn {
  readonly environment: NodeJS.ProcessEnv;
  /** Every call so far. */
  readonly calls: () => readonly Call[];
}

/** Puts the stand-in into a folder with what it answers. It is removed with the test. */
export function standIn(scenario: Scenario): StandIn {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['bin', 'calls', 'replies']) mkdirSync(join(folder, name));
  cpSync(join(import.meta.dirname, 'az'), join(folder, 'bin', 'az'), { mode: 0 });
  writeFileSync(join(folder, 'number'), '0\n');
  for (const [key, replies] of Object.entries(scenario)) write(join(folder, 'replies'), key, [replies].flat());
  const calls = join(folder, 'calls');
  return {
    environment: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, AZ_STAND_IN: folder },
    calls: () => {
      const numbers = readdirSync(calls).map(Number);
      return numbers.toSorted((a, b) => a - b).map((number) => readCall(join(calls, String(number))));
    },
  };
}

function write(folder: string, key: string, replies: readonly Reply[]): void {
  const own = join(folder, key.replace(/[^A-Za-z0-9]/g, '_'));
  mkdirSync(own);
  writeFileSync(join(own, 'times'), '0\n');
  writeFileSync(join(own, 'last'), `${replies.length}\n`);
  for (const [index, { json, error, file }] of replies.entries()) {
    const reply = join(own, String(index + 1));
    if (json !== undefined) writeFileSync(`${reply}.json`, JSON.stringify(json));
    if (error !== undefined) writeFileSync(`${reply}.error`, `ERROR: ${error}\n`);
    if (file !== undefined) writeFileSync(`${reply}.file`, file);
  }
}

function readCall(folder: string): Call {
  const lent = join(folder, 'lent');
  return {
    key: readFileSync(join(folder, 'key'), 'utf8'),
    args: readFileSync(join(folder, 'args'), 'utf8').split('\0').slice(0, -1),
    lent: existsSync(lent)
      ? { mode: (statSync(lent).mode & 0o777).toString(8), text: readFileSync(lent, 'utf8') }
      : undefined,
    file: existsSync(join(folder, 'uploaded')) ? readFileSync(join(folder, 'uploaded')) : undefined,
    hasConnectionString: existsSync(join(folder, 'has-connection-string')),
    hasMimecastSecret: existsSync(join(folder, 'has-mimecast-secret')),
  };
}
