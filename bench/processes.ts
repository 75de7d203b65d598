import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type * as z from 'zod';

/** Tells the process that started this one; started by hand, it is printed. */
export function reply(message: object): void {
  if (process.send) process.send(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Starts a program, named by its path, in a process of its own. */
export function startProgram(
  program: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const env = { PATH: process.env['PATH'], ...environment };
  return fork(program, args, { env, execArgv: [] });
}

/** The next message of a program. @throws Error when it ends without one or says something else */
export async function messageOf<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`${child.spawnargs[1]} ended with ${code} and no result.`);
    });
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return schema.parse(message);
  } finally {
    listening.abort();
  }
}

/** Runs a program to its end. @returns what it replied @throws Error when it ends without a reply */
export async function runProgram<T>(
  program: string,
  schema: z.ZodType<T>,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const child = startProgram(program, args, environment);
  const ended = once(child, 'exit');
  const message = await messageOf(child, schema);
  await ended;
  return message;
}
