import { elements, type Expression, type NamedParameter, present, remembered, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import type { Scope, Wanted } from '../scope.ts';
import type { Column } from '../types.ts';
import type { Relation } from './relation.ts';

/** An operator in its pipe: what it reads, and what its reader wants of it. */
export interface Step {
  readonly scope: Scope;
  readonly wanted: Wanted;
  /** The relation before the operator. */
  readonly input: (wanted: Wanted) => Relation;
  /** All columns of that relation, as far as the binder knows them. */
  readonly inputColumns: readonly Column[];
  /** Whether its rows have a set order. */
  readonly isSerialized: boolean;
  /** All columns that the binder gives the operator's result. */
  readonly resultColumns: readonly Column[];
}

type Parameters = Kusto.Language.Syntax.SyntaxList$1<NamedParameter> | null;

/** The text of an operator's parameter (`kind=inner`: `inner`), undefined when it is not given. */
export function parameter(parameters: Parameters, name: string): string | undefined {
  const value = elements(parameters).find((each) => each.Name?.SimpleName === name)?.Expression;
  return value ? textOf(value) : undefined;
}

/** Hints for the engine's planner change no result. @throws Refusal for other parameters than those named */
export function onlyParameters(parameters: Parameters, ...names: readonly string[]): void {
  for (const { Name: given } of elements(parameters)) {
    const name = given?.SimpleName ?? '';
    if (!name.startsWith('hint') && !names.includes(name)) refuse(`the parameter ${name} of an operator`);
  }
}

/** The name that an expression of a list is given, or has as a plain column; undefined when the binder makes one up. */
export const ownName = remembered((expression: Expression): string | undefined => {
  if (expression instanceof syntax.SimpleNamedExpression) return present(present(expression.Name).SimpleName);
  return expression instanceof syntax.NameReference ? present(expression.SimpleName) : undefined;
});
