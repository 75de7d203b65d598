import { argumentsOf, nameOf } from '../expressions/calls.ts';
import { noRow } from '../expressions/expression.ts';
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
  if (!(node instanceof syntax.BinaryExpression)) return [];
  const [left, right] = [present(node.Left), present(node.Right)];
  const operator = node.Operator?.Text ?? '';
  if (operator === 'and') return [...matchesOf(left, place), ...matchesOf(right, place)];
  if (operator === 'or') return ofEither(left, right, place);
  return operator === '==' ? ofEmptiness(left, right, place) : [];
}

/** Of two conditions one of which never holds, the other must. */
function ofEither(left: Expression, right: Expression, place: Place): readonly Match[] {
  if (isNever(left, place.scope)) return matchesOf(right, place);
  return isNever(right, place.scope) ? matchesOf(left, place) : [];
}

/** `column in (texts)` */
function ofList(node: Kusto.Language.Syntax.InExpression, place: Place): readonly Match[] {
  const column = textColumn(present(node.Left), place);
  if (node.Operator?.Text !== 'in' || column === undefined) return [];
  const values = separated(present(node.Right).Expressions).map((item) => itemsOf(item, place));
  if (!values.every((each) => each !== undefined)) return [];
  const texts = values.flat().filter((value) => typeof value === 'string');
  return [{ column, texts: new Set(texts), isIn: true }];
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

/** `isempty(column) == true` */
function ofEmptiness(left: Expression, right: Expression, place: Place): readonly Match[] {
  const [argument] = left instanceof syntax.FunctionCallExpression ? argumentsOf(left) : [];
  if (!(left instanceof syntax.FunctionCallExpression) || nameOf(left) !== 'isempty' || !argument) return [];
  const column = textColumn(argument, place);
  const isEmpty = constantOf(right, place.scope)?.of(noRow);
  return column === undefined || typeof isEmpty !== 'boolean' ? [] : [{ column, texts: new Set(['']), isIn: isEmpty }];
}

/** The column of text that an expression is the same as: the column itself, or the first of several of which the others are empty. */
function textColumn(node: Expression, place: Place): string | undefined {
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
function isEmptyText(node: Expression, place: Place): boolean {
  const isOptional = node instanceof syntax.FunctionCallExpression && nameOf(node) === 'column_ifexists';
  const [name, otherwise] = isOptional ? argumentsOf(node) : [];
  if (name === undefined || otherwise === undefined) return constantOf(node, place.scope)?.of(noRow) === '';
  const sought = constantOf(name, place.scope)?.of(noRow);
  return !place.columns.some((column) => column.name === sought) && isEmptyText(otherwise, place);
}
