import { coerced, derived, type Scalar, valueOf } from '../expressions/expression.ts';
import { flag } from '../expressions/readers.ts';
import { orderOf } from '../expressions/comparison.ts';
import { refuse } from '../refusal.ts';
import { dynamicText } from '../values/convert.ts';
import type { Row, Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins, type Call, of1, test } from './builtin.ts';

/** `iff` and `case`: conditions with what follows each, and what follows none. A null condition does not hold. */
const choice: Builtin = (given, call) => {
  const otherwise = coerced(argument(given, given.length - 1, call), call.type);
  if (call.type === 'dynamic' && !given.some((each) => each.type === 'dynamic'))
    return refuse(`${call.name}() whose outcomes have different types`);
  if (given.length % 2 === 0) return refuse(`${call.name}() with ${given.length} arguments`);
  const conditions: ((row: Row) => boolean | null)[] = [];
  const outcomes: Scalar[] = [];
  for (let at = 0; at + 1 < given.length; at += 2) {
    conditions.push(flag(argument(given, at, call)));
    outcomes.push(coerced(argument(given, at + 1, call), call.type));
  }
  return derived(typeOf(call, otherwise), given, (row) => {
    const held = conditions.findIndex((condition) => condition(row) === true);
    return (outcomes[held] ?? otherwise).of(row);
  });
};

function typeOf(call: Call, like: Scalar): Scalar['type'] {
  return call.type === 'unknown' ? like.type : call.type;
}

/** The first value there is; an empty text is none. */
const coalesce: Builtin = (given, call) => {
  const values = given.map((scalar) => coerced(scalar, call.type));
  const isText = call.type === 'string';
  const missing: Value = isText ? '' : null;
  return derived(call.type, given, (row) => {
    for (const { of } of values) {
      const value = of(row);
      if (value !== null && !(isText && value === '')) return value;
    }
    return missing;
  });
};

/** `max_of` and `min_of`; nulls do not count. */
function extreme(sign: number): Builtin {
  return (given, call) => {
    const values = given.map((scalar) => coerced(scalar, call.type));
    const order = orderOf(call.type, call.type);
    const better = (a: Value, b: Value): Value => (a === null || (b !== null && order(b, a) * sign > 0) ? b : a);
    return derived(
      call.type,
      given,
      (row) => values.map(({ of }) => notNan(of(row))).reduce(better, null) ?? (call.type === 'string' ? '' : null),
    );
  };
}

function notNan(value: Value): Value {
  return Number.isNaN(value) ? refuse('max_of() or min_of() with NaN') : value;
}

/** A column that may not be there, else another scalar. */
const columnIfExists: Builtin = (given, call) => {
  const named = argument(given, 0, call);
  const name = named.isConstant ? valueOf(named) : refuse('a column name that is not constant');
  const index = call.columns.findIndex((column) => column.name === name);
  const column = call.columns[index];
  if (column === undefined) return argument(given, 1, call);
  return { type: column.type, isConstant: false, of: (row) => row[index] ?? null };
};

/** Whether a value is null or its text is empty. */
function isEmpty(value: Value): boolean {
  return value === null || (typeof value === 'string' && value === '') || dynamicText(value) === '';
}

export const conditions: Builtins = {
  iff: choice,
  iif: choice,
  case: choice,
  coalesce,
  not: of1(flag, (value) => !value),
  isnull: test((value) => value === null),
  isnotnull: test((value) => value !== null),
  notnull: test((value) => value !== null),
  isempty: test(isEmpty),
  isnotempty: test((value) => !isEmpty(value)),
  notempty: test((value) => !isEmpty(value)),
  isnan: test((value) => (value === null ? refuse('isnan() of null') : Number.isNaN(value))),
  isinf: test((value) => (value === null ? refuse('isinf() of null') : value === Infinity || value === -Infinity)),
  isfinite: test((value) => (value === null ? null : typeof value === 'bigint' || Number.isFinite(value))),
  max_of: extreme(1),
  min_of: extreme(-1),
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
};
