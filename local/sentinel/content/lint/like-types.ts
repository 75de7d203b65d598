import type { KqlType } from '../../kql/types.ts';

const numbers: readonly KqlType[] = ['int', 'long', 'real', 'decimal'];

/** Whether values of two types can be equal: of one type, both numbers, or one of them dynamic. */
export function isLike(a: KqlType, b: KqlType): boolean {
  const isAny = (type: KqlType): boolean => type === 'dynamic' || type === 'unknown';
  return a === b || isAny(a) || isAny(b) || (numbers.includes(a) && numbers.includes(b));
}
