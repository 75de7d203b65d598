import { merged } from '../functions/bags.ts';
import { constant, type Scalar, valueOf } from '../expressions/expression.ts';
import { refuse } from '../refusal.ts';
import { dynamicKey } from '../values/compare.ts';
import { toDynamic } from '../values/convert.ts';
import { isList, type Row, type Value } from '../values/value.ts';
import { type Aggregate, type Aggregates, conditional, first, type MakeAggregate } from './aggregate.ts';

/** A limit given as second argument. */
function limitOf(given: readonly Scalar[]): number {
  const [, limit] = given;
  if (limit === undefined) return Infinity;
  const value = limit.isConstant ? valueOf(limit) : null;
  return typeof value === 'bigint' ? Number(value) : refuse('a limit that is not constant');
}

/** The elements that a row adds to a collection: an array adds each of its own. */
function elementsOf({ type, of }: Scalar): (row: Row) => readonly Value[] {
  return (row) => {
    const value = toDynamic(of(row), type);
    return isList(value) ? value : [value];
  };
}

function collecting(
  read: (row: Row) => readonly Value[],
  limit: number,
  accept: () => (value: Value) => boolean,
): Aggregate {
  return {
    type: 'dynamic',
    start: () => {
      const values: Value[] = [];
      const isAccepted = accept();
      return {
        add: (row) => {
          for (const value of read(row)) if (values.length < limit && isAccepted(value)) values.push(value);
        },
        result: () => values,
      };
    },
  };
}

/** A null is left out, save where the values are dynamic. */
const makeList: MakeAggregate = (given, call) => {
  const of = first(given, call);
  const keepsNulls = of.type === 'dynamic';
  return collecting(elementsOf(of), limitOf(given), () => (value) => keepsNulls || value !== null);
};

const makeListWithNulls: MakeAggregate = (given, call) =>
  collecting(elementsOf(first(given, call)), limitOf(given), () => () => true);

/** Different values, in the order they first come. */
const makeSet: MakeAggregate = (given, call) => {
  const of = first(given, call);
  return collecting(elementsOf(of), limitOf(given), () => {
    const seen = new Set<string>();
    return (value) => {
      if (value === null) return of.type === 'dynamic' && refuse('make_set() of a null in a dynamic value');
      const key = dynamicKey(value);
      return !seen.has(key) && seen.add(key).size > 0;
    };
  });
};

/** One bag of all; of equal keys the first counts. */
const makeBag: MakeAggregate = (given, call) => {
  const { of } = first(given, call);
  if (given.length > 1) return refuse(`${call.name}() with a limit`);
  return {
    type: 'dynamic',
    start: () => {
      const bags: Value[] = [];
      return {
        add: (row) => {
          bags.push(of(row));
        },
        result: () => merged(bags),
      };
    },
  };
};

/** The older names keep 128 values unless told otherwise. */
function legacy(make: MakeAggregate): MakeAggregate {
  return (given, call) => make(given.length === 1 ? [...given, constant('long', 128n)] : given, call);
}

export const collections: Aggregates = {
  make_list: makeList,
  makelist: legacy(makeList),
  make_list_if: conditional(makeList, 1),
  make_list_with_nulls: makeListWithNulls,
  make_set: makeSet,
  makeset: legacy(makeSet),
  make_set_if: conditional(makeSet, 1),
  make_bag: makeBag,
  make_bag_if: conditional(makeBag, 1),
};
