import type { Aggregate, Gathering } from '../aggregates/aggregate.ts';
import type { Scalar } from '../expressions/expression.ts';
import { type Key, keyOf } from '../values/compare.ts';
import type { Row, Value } from '../values/value.ts';

/** The rows that share a key, gathered: the key's cells and what the aggregates made of the rows. */
export interface Group {
  readonly cells: readonly Value[];
  readonly results: readonly Value[];
}

interface Open {
  readonly cells: readonly Value[];
  readonly gatherings: readonly Gathering[];
}

/** Groups in the order their first rows come; without keys there is always one. */
export function grouped(rows: Iterable<Row>, keys: readonly Scalar[], aggregates: readonly Aggregate[]): Group[] {
  const open = new Map<Key, Open>();
  const start = (cells: readonly Value[]): Open => ({ cells, gatherings: aggregates.map((each) => each.start()) });
  const keyFor = keyOf(keys.map(({ type }) => type));
  const reads = keys.map(({ of }) => of);
  if (keys.length === 0) open.set('', start([]));
  for (const row of rows) {
    const cells = reads.map((of) => of(row));
    const key = keys.length === 0 ? '' : keyFor(cells);
    let group = open.get(key);
    if (group === undefined) open.set(key, (group = start(cells)));
    for (const { add } of group.gatherings) add(row);
  }
  return [...open.values()].map(({ cells, gatherings }) => ({
    cells,
    results: gatherings.map(({ result }) => result()),
  }));
}
