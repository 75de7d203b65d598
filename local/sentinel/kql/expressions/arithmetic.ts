import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { datetimeOrNull, floorDivide } from '../values/ticks.ts';
import type { Row, Value } from '../values/value.ts';
import { derived, type Scalar } from './expression.ts';
import { real, whole } from './readers.ts';

type WholeOperation = (a: bigint, b: bigint) => Value;
type RealOperation = (a: number, b: number) => Value;

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
const size = (value: bigint): bigint => (value < 0n ? -value : value);

const onWholes: Readonly<Record<string, WholeOperation>> = {
  '+': (a, b) => wrap(a + b),
  '-': (a, b) => wrap(a - b),
  '*': (a, b) => wrap(a * b),
  '/': (a, b) => (b === 0n ? null : wrap(a / b)),
  '%': remainder,
};

/** Never negative: -5 % 3 is 1. */
function remainder(a: bigint, b: bigint): bigint {
  if (b === 0n) return refuse('the remainder of a division by zero');
  return a - floorDivide(a, size(b)) * size(b);
}

const onReals: Readonly<Record<string, RealOperation>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => {
    const rest = a % Math.abs(b);
    return rest < 0 ? rest + Math.abs(b) : rest;
  },
};

/** `+ - * / %` on numbers and times. */
export function arithmetic(operator: string, left: Scalar, right: Scalar, type: KqlType): Scalar {
  const from = [left, right];
  if (isWhole(left) && isWhole(right))
    return derived(type === 'unknown' ? 'long' : type, from, wholes(operator, left, right));
  if (isNumber(left) && isNumber(right)) return derived('real', from, reals(operator, left, right));
  const result = timeOperation(`${left.type} ${operator} ${right.type}`, left, right);
  return result ?? refuse(`${left.type} ${operator} ${right.type}`);
}

function isWhole({ type }: Scalar): boolean {
  return type === 'int' || type === 'long';
}

function isNumber(scalar: Scalar): boolean {
  return isWhole(scalar) || scalar.type === 'real';
}

function wholes(operator: string, left: Scalar, right: Scalar): (row: Row) => Value {
  const operation = onWholes[operator] ?? refuse(`the operator ${operator}`);
  return pairs(whole(left), whole(right), operation);
}

function reals(operator: string, left: Scalar, right: Scalar): (row: Row) => Value {
  const operation = onReals[operator] ?? refuse(`the operator ${operator}`);
  return pairs(real(left), real(right), operation);
}

/** Null when either side is null. */
function pairs<A, B>(
  left: (row: Row) => A | null,
  right: (row: Row) => B | null,
  operation: (a: A, b: B) => Value,
): (row: Row) => Value {
  return (row) => {
    const a = left(row);
    const b = right(row);
    return a === null || b === null ? null : operation(a, b);
  };
}

function timeOperation(form: string, left: Scalar, right: Scalar): Scalar | undefined {
  const [a, b] = [whole(left), whole(right)];
  const made = (type: KqlType, operation: WholeOperation): Scalar =>
    derived(type, [left, right], pairs(a, b, operation));
  switch (form.replaceAll('int', 'long')) {
    case 'datetime - datetime':
    case 'timespan - timespan':
      return made('timespan', (x, y) => wrap(x - y));
    case 'timespan + timespan':
      return made('timespan', (x, y) => wrap(x + y));
    case 'datetime + timespan':
    case 'timespan + datetime':
      return made('datetime', (x, y) => datetimeOrNull(x + y));
    case 'datetime - timespan':
      return made('datetime', (x, y) => datetimeOrNull(x - y));
    case 'timespan / timespan':
      return made('real', (x, y) => Number(x) / Number(y));
    case 'timespan % timespan':
    case 'datetime % timespan':
      return made('timespan', remainder);
    default:
      return scaledTimespan(form, left, right);
  }
}

function scaledTimespan(form: string, left: Scalar, right: Scalar): Scalar | undefined {
  const from = [left, right];
  const [wholeLeft, wholeRight] = [whole(left), whole(right)];
  switch (form.replaceAll('int', 'long')) {
    case 'timespan * long':
    case 'long * timespan':
      return derived(
        'timespan',
        from,
        pairs(wholeLeft, wholeRight, (x, y) => wrap(x * y)),
      );
    case 'timespan / long':
      return derived(
        'timespan',
        from,
        pairs(wholeLeft, wholeRight, (x, y) => (y === 0n ? null : x / y)),
      );
    case 'timespan * real':
      return derived(
        'timespan',
        from,
        pairs(wholeLeft, real(right), (x, y) => exact(Number(x) * y)),
      );
    case 'real * timespan':
      return derived(
        'timespan',
        from,
        pairs(real(left), wholeRight, (x, y) => exact(x * Number(y))),
      );
    case 'timespan / real':
      return derived(
        'timespan',
        from,
        pairs(wholeLeft, real(right), (x, y) => exact(Number(x) / y)),
      );
    default:
      return undefined;
  }
}

/** Where rounding and cutting off give different ticks, it is not known which the real engine does. */
function exact(timespan: number): bigint {
  if (!Number.isSafeInteger(Math.round(timespan))) return refuse('a timespan times or by such a real number');
  return Math.round(timespan) === Math.trunc(timespan)
    ? BigInt(Math.trunc(timespan))
    : refuse('a timespan times or by a real number that leaves a fraction of a tick');
}

/** `-x`, for numbers and timespans. */
export function negation(operand: Scalar): Scalar {
  const { type } = operand;
  if (type === 'real') {
    const read = real(operand);
    return derived(type, [operand], (row) => negative(read(row), (value) => -value));
  }
  if (!isWhole(operand) && type !== 'timespan') return refuse(`the negation of ${type}`);
  const read = whole(operand);
  const bits = type === 'int' ? 32 : 64;
  return derived(type, [operand], (row) => negative(read(row), (value) => BigInt.asIntN(bits, -value)));
}

function negative<T extends Value>(value: T | null, by: (value: T) => T): T | null {
  return value === null ? null : by(value);
}
