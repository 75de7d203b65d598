import { orderOf } from '../expressions/comparison.ts';
import { real, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { dynamicKey } from '../values/compare.ts';
import type { Value } from '../values/value.ts';
import { type Aggregates, conditional, first, gathering, type MakeAggregate } from './aggregate.ts';

/** How many rows there are; an argument changes nothing. */
const count: MakeAggregate = () => ({
  type: 'long',
  start: () => {
    let rows = 0;
    return {
      add: () => {
        rows++;
      },
      result: () => BigInt(rows),
    };
  },
});

const sum: MakeAggregate = (given, call) => {
  const of = first(given, call);
  if (of.type === 'real' || of.type === 'dynamic')
    return gathering('real', real(of), {
      start: () => 0,
      add: (total, value) => total + value,
      result: (total) => total,
    });
  if (!['int', 'long', 'timespan'].includes(of.type)) return refuse(`${call.name}() of ${of.type}`);
  return gathering(of.type === 'timespan' ? 'timespan' : 'long', whole(of), {
    start: () => 0n,
    add: (total, value) => total + value,
    result: (total) => BigInt.asIntN(64, total),
  });
};

interface Mean {
  readonly total: bigint;
  readonly count: number;
}

/** The mean of whole numbers is that of their 64-bit sum, which may have wrapped. */
const average: MakeAggregate = (given, call) => {
  const of = first(given, call);
  if (of.type === 'real' || of.type === 'dynamic')
    return gathering('real', real(of), {
      start: () => ({ total: 0, count: 0 }),
      add: (mean, value) => ({ total: mean.total + value, count: mean.count + 1 }),
      result: (mean) => mean.total / mean.count,
    });
  if (!['int', 'long', 'timespan'].includes(of.type)) return refuse(`${call.name}() of ${of.type}`);
  return gathering(of.type === 'timespan' ? 'timespan' : 'real', whole(of), {
    start: (): Mean => ({ total: 0n, count: 0 }),
    add: (mean, value) => ({ total: mean.total + value, count: mean.count + 1 }),
    result: (mean) => (of.type === 'timespan' ? meanSpan(mean) : Number(BigInt.asIntN(64, mean.total)) / mean.count),
  });
};

function meanSpan({ total, count: values }: Mean): Value {
  if (values === 0) return null;
  return total % BigInt(values) === 0n
    ? total / BigInt(values)
    : refuse('avg() of timespans that leaves a fraction of a tick');
}

/** `max` and `min`; NaN among other numbers is refused, as is a dynamic value. */
function extreme(sign: number): MakeAggregate {
  return (given, call) => {
    const { type, of } = first(given, call);
    if (type === 'dynamic') return refuse(`${call.name}() of a dynamic value`);
    const order = orderOf(type, type);
    return gathering<Value, Value>(type, of, {
      start: () => null,
      add: (best, value) => {
        if (best === null) return value;
        if (Number.isNaN(best) !== Number.isNaN(value)) return refuse(`${call.name}() with NaN`);
        return order(value, best) * sign > 0 ? value : best;
      },
      result: (best) => (best === null && type === 'string' ? '' : best),
    });
  };
}

/** How many different values there are. The real engine estimates it; here it is exact. */
const distinct: MakeAggregate = (given, call) => {
  const { type, of } = first(given, call);
  const isDynamic = type === 'dynamic';
  return gathering('long', of, {
    start: () => new Set<Value>(),
    add: (values, value) => values.add(isDynamic ? dynamicKey(value) : value),
    result: (values) => BigInt(values.size),
  });
};

/** Any value, the first that is there. */
const any: MakeAggregate = (given, call) => {
  if (given.length !== 1) return refuse(`${call.name}() of several columns`);
  const { type, of } = first(given, call);
  return gathering<Value, Value>(type, of, {
    start: () => null,
    add: (found, value) => (found === null || found === '' ? value : found),
    result: (found) => (found === null && type === 'string' ? '' : found),
  });
};

const countIf = conditional(count, 0);

export const totals: Aggregates = {
  count,
  countif: countIf,
  sum,
  sumif: conditional(sum, 1),
  avg: average,
  avgif: conditional(average, 1),
  max: extreme(1),
  maxif: conditional(extreme(1), 1),
  min: extreme(-1),
  minif: conditional(extreme(-1), 1),
  dcount: distinct,
  dcountif: conditional(distinct, 1),
  count_distinct: distinct,
  count_distinctif: conditional(distinct, 1),
  take_any: any,
  any,
  anyif: conditional(any, 1),
  take_anyif: conditional(any, 1),
};
