import { type Node, symbols, syntax } from '../../kql/kusto.ts';
import { windowFunctions } from '../../kql/window-functions.ts';
import { callsOf } from './calls.ts';
import { problemAt, type Rule } from './problem.ts';

/** Functions that look at other rows need an order, which the engine demands only when it runs. */
export const unsortedWindows: Rule = (query) =>
  callsOf(query, ...windowFunctions)
    .filter(({ node }) => !isOrdered(node))
    .map(({ node, name }) => problemAt(node, `${name}() over rows that no sort has put in order`));

/** Whether the rows that reach a part of an operator are in an order; `serialize` itself takes them as they come. */
function isOrdered(node: Node): boolean {
  for (let at: Node | null = node; at !== null; at = at.Parent) {
    if (at instanceof syntax.SerializeOperator) return true;
    if (!(at instanceof syntax.QueryOperator)) continue;
    const pipe = at.Parent;
    const input = pipe instanceof syntax.PipeExpression ? pipe.Expression?.ResultType : null;
    return input instanceof symbols.TableSymbol && (input.IsSerialized || input.IsSorted);
  }
  return true;
}
