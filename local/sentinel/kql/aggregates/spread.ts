import { real, whole } from '../expressions/readers.ts';
import type { Scalar } from '../expressions/expression.ts';
import { refuse } from '../refusal.ts';
import { compareValues } from '../values/compare.ts';
import type { Row, Value } from '../values/value.ts';
import { type Aggregates, conditional, first, gathering, type MakeAggregate } from './aggregate.ts';

/** Welford's running mean and sum of squared distances from it. */
interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

function wider({ count, mean, squares }: Spread, value: number): Spread {
  const distance = value - mean;
  const moved = mean + distance / (count + 1);
  return { count: count + 1, mean: moved, squares: squares + distance * (value - moved) };
}

/** The variance, to ten decimals as the real engine gives it: that of 1, 2, 3 and 4 is 1.6666666667 there. */
function varianceOf({ count, squares }: Spread, isPopulation: boolean): number {
  const divisor = isPopulation ? count : count - 1;
  if (Number.isNaN(squares)) return Number.NaN;
  if (count === 0 || divisor === 0) return 0;
  const variance = squares / divisor;
  const rounded = Math.round(variance * 1e10) / 1e10;
  return Number.isSafeInteger(Math.round(variance * 1e10)) ? rounded : variance;
}

function spread(isPopulation: boolean, of: (variance: number) => number): MakeAggregate {
  return (given, call) =>
    gathering('real', real(first(given, call)), {
      start: (): Spread => ({ count: 0, mean: 0, squares: 0 }),
      add: wider,
      result: (state) => of(varianceOf(state, isPopulation)),
    });
}

const same = (variance: number): number => variance;

/** The value at a rank among the sorted ones, the nearest at or above the percentage. */
function nearestRank(sorted: readonly Value[], percent: number): Value {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? null;
}

function percentOf(scalar: Scalar | undefined): number {
  const value = scalar?.isConstant ? real(scalar)([]) : null;
  return value ?? refuse('a percentile that is not constant');
}

/** Numbers and times as they are; the real engine estimates percentiles of many values. */
function valuesOf(of: Scalar): (row: Row) => Value {
  if (of.type === 'real') return real(of);
  return ['int', 'long', 'datetime', 'timespan'].includes(of.type) ? whole(of) : refuse(`a percentile of ${of.type}`);
}

const percentile: MakeAggregate = (given, call) => {
  const of = first(given, call);
  const percent = percentOf(given[1]);
  return gathering<Value, Value[]>(call.type, valuesOf(of), {
    start: () => [],
    add: (values, value) => {
      values.push(value);
      return values;
    },
    result: (values) => nearestRank(values.toSorted(compareValues), percent),
  });
};

export const spreads: Aggregates = {
  variance: spread(false, same),
  varianceif: conditional(spread(false, same), 1),
  variancep: spread(true, same),
  stdev: spread(false, Math.sqrt),
  stdevif: conditional(spread(false, Math.sqrt), 1),
  stdevp: spread(true, Math.sqrt),
  percentile,
};
