import { descendants, present, syntax, textOf } from '../../kql/kusto.ts';
import { problemAt, type Rule } from './problem.ts';

const faster: Readonly<Record<string, string>> = {
  contains: 'has',
  '!contains': '!has',
  contains_cs: 'has_cs',
  '!contains_cs': '!has_cs',
};
// A text of whole terms: `has` finds terms by an index, `contains` reads every value.
const wholeTerms = /^[@hH]*(['"])[\p{L}\p{N}](?:.*[\p{L}\p{N}])?\1$/su;

/** `contains` where `has` finds the same words by the index of terms. */
export const slowContains: Rule = (query) =>
  descendants(query, syntax.BinaryExpression).flatMap((node) => {
    const operator = node.Operator?.Text ?? '';
    const better = Object.hasOwn(faster, operator) ? faster[operator] : undefined;
    if (better === undefined || !wholeTerms.test(textOf(present(node.Right)))) return [];
    return [problemAt(present(node.Right), `${operator} where ${better} will do`)];
  });
