import type { Json } from '../../../functions/tables/json.ts';
import { cellText } from './exports.ts';
import type { Threshold } from './schema-cells.ts';

/** The first line of thresholds that a cell fits. */
export function thresholdOf(cell: Json | undefined, lines: readonly Threshold[]): Threshold | undefined {
  return lines.find((line) => fits(cell, line));
}

function fits(cell: Json | undefined, { operator, thresholdValue }: Threshold): boolean {
  const text = cellText(cell);
  const wanted = thresholdValue ?? '';
  switch (operator) {
    case 'Default':
      return true;
    case 'is Empty':
      return text === '';
    case 'contains':
      return text.toLowerCase().includes(wanted.toLowerCase());
    case 'startsWith':
      return text.toLowerCase().startsWith(wanted.toLowerCase());
    case 'regex':
      return new RegExp(wanted).test(text);
    case '==':
      return text === wanted;
    case '!=':
      return text !== wanted;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return text !== '' && isOrdered(Number(text), operator, Number(wanted));
  }
}

function isOrdered(a: number, operator: '<' | '<=' | '>' | '>=', b: number): boolean {
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
