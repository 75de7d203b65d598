import { argumentsOf, nameOf } from '../expressions/calls.ts';
import { noRow } from '../expressions/expression.ts';
import { namesIn } from '../expressions/names.ts';
import { type Expression, present, separated, syntax } from '../kusto.ts';
import type { Match, Scope } from '../scope.ts';
import { type Column, columnsOf } from '../types.ts';
import { isList, type Value } from '../values/value.ts';
import { constantOf, isNever } from './constants.ts';

/** Where a condition stands. */
interface Place {
  readonly scope: Scope;
  /** The columns that it can name. */
  readonly columns: readonly Column[];
}

/** What columns of text must hold wherever a condition holds, as far as that is plain to see. */
export function matchesOf(node: Expression, place: Place): readonly Match[] {
  if (node instanceof syntax.ParenthesizedExpression) return matchesOf(present(node.Expression), place);
  if (node instanceof syntax.InExpression) return ofList(node, place);
  if (node instanceof syntax.FunctionCallExpression) return ofEmptiness(node, place, true);
  if (!(node instanceof syntax.BinaryExpression)) return [];
  const [left, right] = [present(node.Left), present(node.Right)];
  const operator = node.Operator?.Text ?? '';
  if (operator === 'and') return [...matchesOf(left, place), ...matchesOf(right, place)];
  if (operator === 'or') return ofEither(left, right, place);
  if (operator !== '==' && operator !== '=~') return [];
  const isSame = constantOf(right, place.scope)?.of(noRow);
  if (typeof isSame === 'boolean') return operator === '==' ? ofEmptiness(left, place, isSame) : [];
  return typeof isSame === 'string' ? ofTexts(left, [isSame], operator === '=~', place) : [];
}

/** Of two conditions one of which never holds, the other must. */
function ofEither(left: Expression, right: Expression, place: Place): readonly Match[] {
  if (isNever(left, place.scope)) return matchesOf(right, place);
  return isNever(right, place.scope) ? matchesOf(left, place) : [];
}

/** `column in (texts)` */
function ofList(node: Kusto.Language.Syntax.InExpression, place: Place): readonly Match[] {
  const operator = node.Operator?.Text;
  if ((operator !== 'in' && operator !== 'in~') || textColumn(present(node.Left), place) === undefined) return [];
  const values = separated(present(node.Right).Expressions).map((item) => itemsOf(item, place));
  if (!values.every((each) => each !== undefined)) return [];
  const texts = values.flat().filter((value) => typeof value === 'string');
  return ofTexts(present(node.Left), texts, operator === 'in~', place);
}

function ofTexts(node: Expression, texts: readonly string[], ignoresCase: boolean, place: Place): readonly Match[] {
  const column = textColumn(node, place);
  if (column === undefined) return [];
  if (!ignoresCase) return [{ column, texts: new Set(texts), isIn: true }];
  return [{ column, texts: new Set(texts.map((text) => text.toLowerCase())), isIn: true, ignoresCase }];
}

/** `in ()`, also where what is in the list turns out to be nothing. */
export function isInNothing(node: Expression, scope: Scope): boolean {
  if (node instanceof syntax.ParenthesizedExpression) return isInNothing(present(node.Expression), scope);
  const isIn = node instanceof syntax.InExpression && ['in', 'in~'].includes(node.Operator?.Text ?? '');
  if (!isIn) return false;
  const items = separated(present(node.Right).Expressions);
  return items.every((item) => itemsOf(item, { scope, columns: [] })?.every((value) => value === null) === true);
}

/** What an item of a list stands for; undefined when that differs from row to row or must be read. */
function itemsOf(item: Expression, { scope }: Place): readonly Value[] | undefined {
  const constant = columnsOf(item.ResultType).length === 0 ? constantOf(item, scope) : undefined;
  if (constant === undefined) return undefined;
  const value = constant.of(noRow);
  return isList(value) ? value : [value];
}

/** `isempty(column)` or `isnotempty(column)`, which is so or, where `isSo` is false, is not. */
function ofEmptiness(node: Expression, place: Place, isSo: boolean): readonly Match[] {
  if (!(node instanceof syntax.FunctionCallExpression)) return [];
  const [argument] = argumentsOf(node);
  const isKnown = nameOf(node) === 'isempty' || nameOf(node) === 'isnotempty';
  const column = isKnown && argument ? textColumn(argument, place) : undefined;
  if (column === undefined) return [];
  return [{ column, texts: new Set(['']), isIn: (nameOf(node) === 'isempty') === isSo }];
}

/**
 * Matches of columns as those of the columns that these come from.
 * @param sourceOf the column of text that a column repeats, undefined when it does not
 */
export function renamedMatches(
  matches: readonly Match[] | undefined,
  sourceOf: (name: string) => string | undefined,
): readonly Match[] {
  return (matches ?? []).flatMap((match) => {
    const column = sourceOf(match.column);
    const copiesBy = match.copiesBy === undefined ? undefined : sourceOf(match.copiesBy);
    if (column === undefined || (match.copiesBy !== undefined && copiesBy === undefined)) return [];
    return [copiesBy === undefined ? { ...match, column } : { ...match, column, copiesBy }];
  });
}

/** The column of text that an expression is the same as: the column itself, or the first of several of which the others are empty. */
export function textColumn(node: Expression, place: Place): string | undefined {
  if (node instanceof syntax.NameReference) return textNamed(node.SimpleName, place);
  if (!(node instanceof syntax.FunctionCallExpression)) return undefined;
  const given = argumentsOf(node);
  if (nameOf(node) === 'column_ifexists')
    return textNamed(constantOf(present(given[0]), place.scope)?.of(noRow), place);
  if (nameOf(node) !== 'coalesce') return undefined;
  const filled = given.filter((each) => !isEmptyText(each, place));
  const [only, ...others] = filled;
  return only !== undefined && others.length === 0 ? textColumn(only, place) : undefined;
}

function textNamed(name: Value | undefined, { columns }: Place): string | undefined {
  // The table's own name stands in it, though the rows have no such cell.
  if (name === 'Type') return undefined;
  return columns.find((column) => column.name === name && column.type === 'string')?.name;
}

/** `""`, also as what stands for a column that is not there. */
function isEmptyText(node: Expression, { scope, columns }: Place): boolean {
  const names = namesIn(node);
  if (names === 'all' || columns.some(({ name }) => names.has(name))) return false;
  const made = scope.compiler.scalar(node, { ...scope, columns: [], call: undefined });
  return made.isConstant && made.of(noRow) === '';
}
