import { declaredBy } from '../../sentinel/workbook/declared.ts';
import { type Place, substitute, type Substitution } from '../../sentinel/workbook/substitute.ts';
import type { ParameterValue, Values } from '../../sentinel/workbook/values.ts';
import type { Workbook } from '../../sentinel/workbook/workbook.ts';

/** A change of a parameter; undefined: it is not set any more. */
export type Change = readonly [name: string, value: ParameterValue | undefined];

/** An open workbook: what its parts have in common. */
export interface Book {
  readonly values: Values;
  /** When the workbook was opened or refreshed, epoch milliseconds: all queries have the same end of time. */
  readonly nowMs: number;
  /** The names of workbooks by their template ids. */
  readonly templates: ReadonlyMap<string, string>;
  set(changes: readonly Change[]): void;
  fill(text: string, place: Place): Substitution;
}

/** Puts values into texts of a workbook. */
export function filling(workbook: Workbook, values: Values, nowMs: number): Book['fill'] {
  const declared = new Set(declaredBy(workbook.items).keys());
  return (text, place) => substitute(text, { values, declared, place, nowMs });
}
