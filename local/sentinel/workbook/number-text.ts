import type { NumberFormat } from './schema-cells.ts';

/** Assumed from how published workbooks use them: the numbers of units, and what stands behind a value. */
const units: Readonly<Record<number, string>> = {
  0: '',
  1: ' %',
  2: ' B',
  17: '',
  23: ' ms',
  24: ' s',
  25: ' min',
  26: ' h',
  27: ' d',
};

/** Whether a unit is known here. */
export function isKnownUnit(unit: number): boolean {
  return Object.hasOwn(units, unit);
}

/** What stands behind values of a unit, with a space before it. */
export function unitText(unit: number | undefined): string {
  return (unit === undefined ? undefined : units[unit]) ?? '';
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** A number with separators, in the way that a formatter asks for. */
export function numberText(value: number, format: NumberFormat | undefined): string {
  if (!format) return plain.format(value);
  const { minimumFractionDigits, maximumFractionDigits, maximumSignificantDigits, useGrouping } = format.options ?? {};
  const written = new Intl.NumberFormat('en', {
    useGrouping: useGrouping ?? true,
    ...(minimumFractionDigits !== undefined && { minimumFractionDigits }),
    ...(maximumSignificantDigits !== undefined && { maximumSignificantDigits }),
    maximumFractionDigits: Math.max(maximumFractionDigits ?? 2, minimumFractionDigits ?? 0),
  }).format(value);
  return `${written}${unitText(format.unit)}`;
}
