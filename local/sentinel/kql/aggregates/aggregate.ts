import type { Scalar } from '../expressions/expression.ts';
import { flag } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import type { Row, Value } from '../values/value.ts';

/** What an aggregate gathers from the rows of one group. */
export interface Gathering {
  readonly add: (row: Row) => void;
  readonly result: () => Value;
}

/** An aggregate made ready: starts gathering, once a group. */
export interface Aggregate {
  readonly type: KqlType;
  readonly start: () => Gathering;
}

export type MakeAggregate = (given: readonly Scalar[], call: AggregateCall) => Aggregate;
export type Aggregates = Readonly<Record<string, MakeAggregate>>;

export interface AggregateCall {
  readonly name: string;
  readonly type: KqlType;
}

export function first(given: readonly Scalar[], { name }: AggregateCall): Scalar {
  return given[0] ?? refuse(`${name}() without an argument`);
}

/** The same aggregate over those rows for which the argument at a place is true; `sumif` is `sum` with a condition. */
export function conditional(make: MakeAggregate, place: number): MakeAggregate {
  return (given, call) => {
    const condition = given[place] ?? refuse(`${call.name}() without a condition`);
    const aggregate = make(given.toSpliced(place, 1), call);
    const holds = flag(condition);
    return {
      type: aggregate.type,
      start: () => {
        const { add, result } = aggregate.start();
        return {
          add: (row) => {
            if (holds(row) === true) add(row);
          },
          result,
        };
      },
    };
  };
}

/** An aggregate of what a reader finds in the rows, nulls left out. */
export function gathering<T, S>(
  type: KqlType,
  read: (row: Row) => T | null,
  { start, add, result }: { start: () => S; add: (state: S, value: T) => S; result: (state: S) => Value },
): Aggregate {
  return {
    type,
    start: () => {
      let state = start();
      return {
        add: (row) => {
          const value = read(row);
          if (value !== null) state = add(state, value);
        },
        result: () => result(state),
      };
    },
  };
}
