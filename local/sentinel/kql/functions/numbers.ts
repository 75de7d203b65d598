import { derived, type Scalar } from '../expressions/expression.ts';
import { real, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import type { Row, Value } from '../values/value.ts';
import { argument, type Builtin, type Builtins, byCount, of1, of2, ofAll, refused } from './builtin.ts';

/** A function that keeps whole numbers and timespans whole and reals real. */
function byKind(onWhole: (value: bigint) => Value, onReal: (value: number) => Value): Builtin {
  return (given, call) => {
    const of = argument(given, 0, call);
    return derived(
      call.type,
      given,
      of.type === 'real' || of.type === 'dynamic' ? reals(of, onReal) : wholes(of, onWhole),
    );
  };
}

function reals(of: Scalar, apply: (value: number) => Value): (row: Row) => Value {
  const read = real(of);
  return (row) => {
    const value = read(row);
    return value === null ? null : apply(value);
  };
}

function wholes(of: Scalar, apply: (value: bigint) => Value): (row: Row) => Value {
  const read = whole(of);
  return (row) => {
    const value = read(row);
    return value === null ? null : apply(value);
  };
}

const onReal = (apply: (value: number) => number): Builtin => of1(real, apply);

/** A function of numbers in its domain; whether the engine gives null or NaN outside is not known. */
function within(name: string, isInside: (value: number) => boolean, apply: (value: number) => number): Builtin {
  return of1(real, (value) => (isInside(value) ? apply(value) : refuse(`${name}() of ${value}`)));
}

/** `round`: to a number of decimals, halves away from zero; -1 rounds to tens. */
function rounded(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  const scale = 10 ** Math.abs(decimals);
  const scaled = decimals >= 0 ? value * scale : value / scale;
  const whole = Math.sign(scaled) * Math.round(Math.abs(scaled));
  return decimals >= 0 ? whole / scale : whole * scale;
}

const round: Builtin = byCount({
  1: byKind(
    (value) => value,
    (value) => rounded(value, 0),
  ),
  2: (given, call) =>
    call.type === 'real'
      ? of2(real, whole, (value, decimals) => rounded(value, Number(decimals)))(given, call)
      : refuse('round() of a whole number to a precision'),
});

const bits = (apply: (a: bigint, b: bigint) => bigint): Builtin =>
  of2(whole, whole, (a, b) => BigInt.asIntN(64, apply(a, b)));

export const numbers: Builtins = {
  abs: byKind(
    (value) => BigInt.asIntN(64, value < 0n ? -value : value),
    (value) => Math.abs(value),
  ),
  ceiling: byKind((value) => value, Math.ceil),
  sign: of1(real, Math.sign),
  round,
  sqrt: onReal(Math.sqrt),
  exp: onReal(Math.exp),
  exp2: onReal((value) => 2 ** value),
  exp10: onReal((value) => 10 ** value),
  log: within('log', (value) => value > 0, Math.log),
  log2: within('log2', (value) => value > 0, Math.log2),
  log10: within('log10', (value) => value > 0, Math.log10),
  pow: of2(real, real, (base, power) => base ** power),
  sin: onReal(Math.sin),
  cos: onReal(Math.cos),
  tan: onReal(Math.tan),
  asin: within('asin', (value) => Math.abs(value) <= 1, Math.asin),
  acos: within('acos', (value) => Math.abs(value) <= 1, Math.acos),
  atan: onReal(Math.atan),
  atan2: of2(real, real, Math.atan2),
  degrees: onReal((value) => (180 / Math.PI) * value),
  radians: onReal((value) => (Math.PI / 180) * value),
  pi: ofAll(real, () => Math.PI),
  binary_and: bits((a, b) => a & b),
  binary_or: bits((a, b) => a | b),
  binary_xor: bits((a, b) => a ^ b),
  binary_not: of1(whole, (value) => ~value),
  rand: refused('it gives another number each time'),
};
