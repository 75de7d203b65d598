import type { Aggregates } from './aggregate.ts';
import { collections } from './collections.ts';
import { spreads } from './spread.ts';
import { totals } from './totals.ts';

/** The aggregates of one value that the engine does. */
export const aggregates: Aggregates = { ...totals, ...spreads, ...collections };
