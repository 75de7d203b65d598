import * as z from 'zod';

/** What the host process says of its functions; times in epoch milliseconds. */
const fromHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registered'), timers: z.array(z.object({ name: z.string(), schedule: z.string() })) }),
  z.object({ kind: z.literal('due'), name: z.string(), due: z.number() }),
  z.object({ kind: z.literal('started'), name: z.string(), isPastDue: z.boolean() }),
  /** `failure` is the message of what the function threw. */
  z.object({ kind: z.literal('ended'), name: z.string(), failure: z.string().optional() }),
  z.object({ kind: z.literal('log'), name: z.string().optional(), level: z.string(), message: z.string() }),
]);
export type FromHost = z.infer<typeof fromHost>;

/** What the host process is told: to fire a function out of turn, or to drain and end. */
const toHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fire'), name: z.string() }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToHost = z.infer<typeof toHost>;

/** @throws ZodError when it is no message of the host */
export function readFromHost(message: unknown): FromHost {
  return fromHost.parse(message);
}

/** @throws ZodError when it is no message to the host */
export function readToHost(message: unknown): ToHost {
  return toHost.parse(message);
}
