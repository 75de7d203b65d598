import { isProblem, type QueryAnswer, type QueryRequest } from '../query/query.ts';
import { clickables } from './clickables.ts';
import { declaredBy } from './declared.ts';
import { exportedFrom, exportsOf } from './exports.ts';
import { queriedOptions } from './options.ts';
import { requestOf } from './request.ts';
import { startValues } from './start-values.ts';
import { substitute } from './substitute.ts';
import { tabStates } from './tab-states.ts';
import { initialValue, textValue, type Values } from './values.ts';
import { isVisible } from './visibility.ts';
import { allItems, conditionsOf, type Item, type QueryItem, type Workbook } from './workbook.ts';

/** A tile that was seen on the way through a workbook. */
export interface Stop {
  readonly item: QueryItem;
  readonly title: string;
  /** What was set, tabs and clicks included. */
  readonly values: Values;
  readonly request: QueryRequest;
  readonly answer: QueryAnswer;
}

interface Options {
  readonly workbook: Workbook;
  readonly nowMs: number;
  readonly ask: (request: QueryRequest) => QueryAnswer;
  /** Set beside what the workbook begins with. */
  readonly values?: Values;
}

/** So many of the things that can be clicked are tried until what a click opens has rows. */
const mostClicks = 25;

/**
 * Goes through a workbook as an analyst would: opens every tab, clicks on what can be clicked until every tile behind a
 * click has been seen with rows. @returns each tile once, in the order of the file; those never seen are left out
 */
export function tour({ workbook, nowMs, ask, values: given = new Map() }: Options): readonly Stop[] {
  const seen = new Map<QueryItem, Stop>();
  const declared = new Set(declaredBy(workbook.items).keys());
  const fill = (text: string, values: Values, place: 'query' | 'text') =>
    substitute(text, { values, declared, place, nowMs });
  const isDone = (item: QueryItem): boolean => rowCount(seen.get(item)?.answer) > 0;

  const look = (item: QueryItem, values: Values): Stop | undefined => {
    const { text, missing } = fill(item.content.query, values, 'query');
    if (missing.length > 0) return undefined;
    const request = requestOf(item, text, values, nowMs);
    const title = fill(item.content.title, values, 'text').text;
    const stop = { item, title, values, request, answer: ask(request) };
    if (!seen.has(item) || rowCount(stop.answer) > 0) seen.set(item, stop);
    return stop;
  };
  const click = ({ item, answer, values }: Stop): void => {
    if (isProblem(answer)) return;
    const exports = exportsOf(item);
    const isOpen = (): boolean =>
      waitingFor(
        workbook.items,
        exports.map(({ parameterName }) => parameterName),
        isDone,
      );
    for (const clicked of clickables(item, answer).slice(0, mostClicks)) {
      if (!isOpen()) return;
      visit(
        workbook.items,
        new Map([...values, ...exportedFrom(exports, clicked).map(([name, text]) => [name, textValue(text)] as const)]),
      );
    }
  };
  function visit(items: readonly Item[], values: Values): void {
    for (const item of items) {
      if (!isVisible(item, values)) continue;
      if (item.type === 12) visit(item.content.items, values);
      if (item.type === 3 && !isDone(item)) {
        const stop = look(item, values);
        if (stop) click(stop);
      }
    }
  }

  for (const values of tabStates(
    workbook.items,
    withOptions(workbook, new Map([...startValues(workbook, new URLSearchParams()), ...given]), fill, ask),
  ))
    visit(workbook.items, values);
  return allItems(workbook.items).flatMap((item) => (item.type === 3 ? (seen.get(item) ?? []) : []));
}

function rowCount(answer: QueryAnswer | undefined): number {
  return answer && !isProblem(answer) ? answer.rowCount : 0;
}

/** Whether a tile that has not been seen with rows depends on one of some parameters, itself or through its group. */
function waitingFor(items: readonly Item[], names: readonly string[], isDone: (item: QueryItem) => boolean): boolean {
  return items.some((item) => {
    const isConditional = conditionsOf(item).some(({ parameterName }) => names.includes(parameterName));
    if (item.type === 12)
      return isConditional ? anyOpen(item.content.items, isDone) : waitingFor(item.content.items, names, isDone);
    return item.type === 3 && isConditional && !isDone(item);
  });
}

function anyOpen(items: readonly Item[], isDone: (item: QueryItem) => boolean): boolean {
  return allItems(items).some((item) => item.type === 3 && !isDone(item));
}

/** The values with what drop-downs begin with whose options a query gives. */
function withOptions(
  workbook: Workbook,
  values: Values,
  fill: (text: string, values: Values, place: 'query') => { readonly text: string },
  ask: Options['ask'],
): Values {
  const filled = new Map(values);
  for (const item of allItems(workbook.items)) {
    for (const parameter of item.type === 9 ? item.content.parameters : []) {
      if (parameter.query === undefined || filled.has(parameter.name)) continue;
      const answer = ask({ query: fill(parameter.query, filled, 'query').text, rowLimit: 1000 });
      const value = isProblem(answer) ? undefined : initialValue(parameter, queriedOptions(answer));
      if (value) filled.set(parameter.name, value);
    }
  }
  return filled;
}
