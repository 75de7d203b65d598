import type { ruleNames } from '../../../../local/mimecast/story/rule-names.ts';
import type { Given } from './told.ts';

/** The rules by short names. */
type Kind = keyof typeof ruleNames;
/** Takes note of what a rule would find. */
export type Found = (kind: Kind, events: readonly Given[]) => void;

/** Groups of events that are alike; those for which there is no key are left out. */
export function alike(events: readonly Given[], key: (given: Given) => string): readonly Given[][] {
  return [...Map.groupBy(events, key)].filter(([value]) => value !== '').map(([, group]) => group);
}

/** The longest run of events within a span of ms that reaches a count of different values; undefined when none does. */
export function reach(
  events: readonly Given[],
  { ms, count, of }: { readonly ms: number; readonly count: number; readonly of: (given: Given) => string },
): readonly Given[] | undefined {
  const sorted = events.toSorted((a, b) => a.time - b.time);
  let best: readonly Given[] | undefined;
  let start = 0;
  for (const [end, { time }] of sorted.entries()) {
    while ((sorted[start]?.time ?? time) < time - ms) start++;
    const run = sorted.slice(start, end + 1);
    if (run.length > (best?.length ?? 0) && new Set(run.map(of)).size >= count) best = run;
  }
  return best;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
