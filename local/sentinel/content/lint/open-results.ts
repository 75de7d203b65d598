import { descendants, elements, syntax } from '../../kql/kusto.ts';
import { problemAt, type Rule } from './problem.ts';

/** Without a schema any later column passes the binder, a misspelt one too. */
export const unpackedWithoutSchema: Rule = (query) =>
  descendants(query, syntax.EvaluateOperator)
    .filter(({ FunctionCall: call, Schema: schema }) => call?.Name?.SimpleName === 'bag_unpack' && schema === null)
    .map((node) => problemAt(node, 'bag_unpack without a schema: write `evaluate bag_unpack(…) : (name:type, …)`'));

/** The default keeps one row a key of the left side, which is seldom meant. */
export const joinsWithoutKind: Rule = (query) =>
  descendants(query, syntax.JoinOperator)
    .filter(({ Parameters: given }) => !elements(given).some(({ Name: name }) => name?.SimpleName === 'kind'))
    .map((node) => problemAt(node, 'join without kind='));
