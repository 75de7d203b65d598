import { parseArgs } from 'node:util';
import type { Wanted } from './server/saved-tenant.ts';

/** What `npm start` was asked for. */
export interface Options {
  /** Collect in memory, report and end. */
  readonly once: boolean;
  /** The report as one JSON object. */
  readonly json: boolean;
  /** Say how it is used, and end. */
  readonly help: boolean;
  /** Forget what was kept. */
  readonly fresh: boolean;
  /** Of the page, on 127.0.0.1. */
  readonly port: number;
  /** Of the simulated tenant; undefined where nothing was said. */
  readonly tenant: Wanted;
  /** The settings of a real Mimecast application, which is read instead; undefined when there is none. */
  readonly realMimecast: Readonly<Record<string, string>> | undefined;
}

/** How it is used. */
export const usage = `npm start                    opens the page and goes on until Ctrl-C
npm start -- --once          collects once in memory, reports and ends; --json: the report as one JSON object

--days 14     days of mail before now     --seed 1     another number, another tenant
--users 100   people, 40 or more          --quiet      without attacks
--port 8400   of the page                 --fresh      forgets what .local keeps

MIMECAST_CLIENT_ID and MIMECAST_CLIENT_SECRET in the environment: the real Mimecast instead of a simulated one.`;

/** Reads the command line. @throws Error that says what is wrong with it */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const { once, json, help, fresh, quiet, ...numbers } = parsed(args);
  return {
    once,
    json,
    help,
    fresh,
    port: whole('port', numbers.port, { least: 1, most: 65_535 }) ?? 8400,
    tenant: {
      seed: whole('seed', numbers.seed, { least: 1, most: 9_999_999 }),
      days: whole('days', numbers.days, { least: 1, most: 60 }),
      users: whole('users', numbers.users, { least: 40, most: 5000 }),
      quiet: quiet ? true : undefined,
    },
    realMimecast: realMimecast(environment),
  };
}

function parsed(args: readonly string[]) {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        once: flag,
        json: flag,
        help: flag,
        fresh: flag,
        quiet: flag,
        port: text,
        seed: text,
        days: text,
        users: text,
      },
    });
    return values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
  }
}

function whole(
  option: string,
  text: string | undefined,
  { least, most }: { least: number; most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`--${option} is ${text}: give a whole number from ${least} to ${most}.`);
}

const realSettings = ['MIMECAST_CLIENT_ID', 'MIMECAST_CLIENT_SECRET', 'MIMECAST_BASE_URL', 'START_DATE', 'CONNECTORS'];

function realMimecast(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> | undefined {
  const found = Object.fromEntries(
    realSettings.map((name) => [name, environment[name] ?? '']).filter(([, value]) => value !== ''),
  );
  const { MIMECAST_CLIENT_ID: id, MIMECAST_CLIENT_SECRET: secret } = found;
  if (id === undefined && secret === undefined) return undefined;
  if (id !== undefined && secret !== undefined) return found;
  const missing = id === undefined ? 'MIMECAST_CLIENT_ID' : 'MIMECAST_CLIENT_SECRET';
  throw new Error(`${missing} is not set. Set both to read the real Mimecast, or neither for a simulated tenant.`);
}
