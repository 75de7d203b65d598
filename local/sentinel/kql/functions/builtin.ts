import { derived, type Scalar } from '../expressions/expression.ts';
import { any, type Reader } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import type { Surroundings } from '../scope.ts';
import type { Column, KqlType } from '../types.ts';
import type { Value } from '../values/value.ts';

/** What a built-in function knows of its call. */
export interface Call {
  readonly name: string;
  /** The type that the binder gives the call. */
  readonly type: KqlType;
  /** The columns of the rows it will be given. */
  readonly columns: readonly Column[];
  readonly surroundings: Surroundings;
}

export type Builtin = (given: readonly Scalar[], call: Call) => Scalar;
export type Builtins = Readonly<Record<string, Builtin>>;

/** An argument that must be there. @throws Refusal when it is not */
export function argument(given: readonly Scalar[], index: number, { name }: Call): Scalar {
  return given[index] ?? refuse(`${name}() with ${given.length} arguments`);
}

function limited(given: readonly Scalar[], most: number, { name }: Call): void {
  if (given.length > most) refuse(`${name}() with ${given.length} arguments`);
}

/** A result as the call's type has it: text is never null. */
export function result(call: Call, given: readonly Scalar[], of: Scalar['of']): Scalar {
  return derived(call.type, given, call.type === 'string' ? (row) => of(row) ?? '' : of);
}

/** A function of one argument; null when that is null. */
export function of1<A>(first: Reader<A>, apply: (a: A) => Value): Builtin {
  return (given, call) => {
    limited(given, 1, call);
    const read = first(argument(given, 0, call));
    return result(call, given, (row) => {
      const a = read(row);
      return a === null ? null : apply(a);
    });
  };
}

/** A function of two arguments; null when one of them is. */
export function of2<A, B>(first: Reader<A>, second: Reader<B>, apply: (a: A, b: B) => Value): Builtin {
  return (given, call) => {
    limited(given, 2, call);
    const readFirst = first(argument(given, 0, call));
    const readSecond = second(argument(given, 1, call));
    return result(call, given, (row) => {
      const a = readFirst(row);
      const b = readSecond(row);
      return a === null || b === null ? null : apply(a, b);
    });
  };
}

/** A function of three arguments; null when one of them is. */
export function of3<A, B, C>(
  readers: readonly [Reader<A>, Reader<B>, Reader<C>],
  apply: (a: A, b: B, c: C) => Value,
): Builtin {
  return (given, call) => {
    limited(given, 3, call);
    const readFirst = readers[0](argument(given, 0, call));
    const readSecond = readers[1](argument(given, 1, call));
    const readThird = readers[2](argument(given, 2, call));
    return result(call, given, (row) => {
      const a = readFirst(row);
      const b = readSecond(row);
      const c = readThird(row);
      return a === null || b === null || c === null ? null : apply(a, b, c);
    });
  };
}

/** A function of any number of arguments of one kind, nulls included. */
export function ofAll<A>(reader: Reader<A>, apply: (values: readonly (A | null)[]) => Value): Builtin {
  return (given, call) => {
    const reads = given.map(reader);
    return result(call, given, (row) => apply(reads.map((read) => read(row))));
  };
}

/** The function with as many arguments as are given: the last of these, by their number. */
export function byCount(forms: Readonly<Record<number, Builtin>>): Builtin {
  return (given, call) => (forms[given.length] ?? refuse(`${call.name}() with ${given.length} arguments`))(given, call);
}

/** A test of any value; it sees nulls. */
export function test(apply: (value: Value, type: KqlType) => boolean | null): Builtin {
  return (given, call) => {
    const of = argument(given, 0, call);
    const read = any(of);
    return result(call, given, (row) => apply(read(row), of.type));
  };
}

/** A function that the engine names and does not do. */
export function refused(why: string): Builtin {
  return (_given, { name }) => refuse(`${name}(): ${why}`);
}
