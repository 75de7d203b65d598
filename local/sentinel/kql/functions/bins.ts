import { derived, type Scalar } from '../expressions/expression.ts';
import { real, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { datetimeOrNull, floorDivide } from '../values/ticks.ts';
import type { Row, Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins } from './builtin.ts';

/** `bin`, also called `floor`: the multiple of a size at or below a value. A size of zero or less gives null. */
const bin: Builtin = (given, call) => {
  const value = argument(given, 0, call);
  const size = argument(given, 1, call);
  if (value.type === 'dynamic' || size.type === 'dynamic') return refuse('bin() of a dynamic value');
  return derived(call.type, given, isReal(given) ? realBin(value, size) : wholeBin(value, size, zero));
};

/** `bin_at`: as `bin`, counted from a fixed point. */
const binAt: Builtin = (given, call) => {
  const value = argument(given, 0, call);
  const size = argument(given, 1, call);
  const fixed = argument(given, 2, call);
  if (!isReal(given)) return derived(call.type, given, wholeBin(value, size, whole(fixed)));
  const [read, readSize, readFixed] = [real(value), real(size), real(fixed)];
  return derived(call.type, given, (row) => {
    const [a, b, c] = [read(row), readSize(row), readFixed(row)];
    return a === null || b === null || c === null || b <= 0 ? null : Math.floor((a - c) / b) * b + c;
  });
};

const zero = (): bigint => 0n;

function isReal(given: readonly Scalar[]): boolean {
  return given.some(({ type }) => type === 'real');
}

function realBin(value: Scalar, size: Scalar): (row: Row) => Value {
  const [read, readSize] = [real(value), real(size)];
  return (row) => {
    const [a, b] = [read(row), readSize(row)];
    return a === null || b === null || b <= 0 ? null : Math.floor(a / b) * b;
  };
}

function wholeBin(value: Scalar, size: Scalar, fixed: (row: Row) => bigint | null): (row: Row) => Value {
  const [read, readSize] = [whole(value), whole(size)];
  const isTime = value.type === 'datetime';
  return (row) => {
    const [a, b, from] = [read(row), readSize(row), fixed(row)];
    if (a === null || b === null || from === null || b <= 0n) return null;
    const found = floorDivide(a - from, b) * b + from;
    return isTime ? datetimeOrNull(found) : found;
  };
}

export const bins: Builtins = { bin, floor: bin, bin_at: binAt };
