import type { AnalyticsRule } from '../content/analytics-rule.ts';
import { durationMs } from '../content/duration.ts';

/** What a rule looks at of what arrived: rows after `ago(beforeMs)`, up to `ago(byMs)`. */
export interface ArrivalWindow {
  readonly beforeMs: number;
  readonly byMs: number;
}

/**
 * The arrival window of a rule whose query compares what was known at its two ends, `arrivedBefore` and `arrivedBy`:
 * without a row between them it finds nothing. Undefined for a rule that is made another way.
 */
export function arrivalWindow({ query }: AnalyticsRule): ArrivalWindow | undefined {
  const ends = ['arrivedBefore', 'arrivedBy'].map((name) => {
    const [, text = ''] = new RegExp(`^let ${name} = ago\\((\\w+)\\);`, 'm').exec(query) ?? [];
    return durationMs(text);
  });
  const [beforeMs, byMs] = ends;
  return beforeMs === undefined || byMs === undefined ? undefined : { beforeMs, byMs };
}
