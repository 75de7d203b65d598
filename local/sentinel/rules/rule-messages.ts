import * as z from 'zod';
import { alertRecord } from './alert-record.ts';

/** What the thread of the rules is started with. Times are epoch milliseconds. */
export const rulesData = z.object({
  /** The store's file. */
  rows: z.string(),
  /** Runs scheduled up to it took place in an earlier process; undefined: none did. */
  after: z.number().optional(),
  /** The feeds whose past must have landed before the first run. */
  feeds: z.array(z.string()),
  /** When the first run takes place at the latest. */
  latestStart: z.number(),
});

export type RulesData = z.output<typeof rulesData>;

/** What the thread tells. */
export const fromRules = z.object({
  alerts: z.array(alertRecord),
  /** Why a rule does not run any more. */
  fault: z.string().optional(),
  /** All runs scheduled up to it have taken place. */
  evaluatedUntil: z.number(),
  /** Nothing is due any more. */
  isCurrent: z.boolean(),
});

export type FromRules = z.output<typeof fromRules>;
