import { describe, expect, it } from 'vitest';
import { filesOf } from '../../local/sentinel/content/read-files.ts';
import { readWorkbook } from '../../local/sentinel/workbook/read-workbook.ts';
import { startValues } from '../../local/sentinel/workbook/start-values.ts';
import { tabStates } from '../../local/sentinel/workbook/tab-states.ts';
import type { Values } from '../../local/sentinel/workbook/values.ts';
import { isVisible } from '../../local/sentinel/workbook/visibility.ts';
import type { Item } from '../../local/sentinel/workbook/workbook.ts';

const most = 6;
const workbooks = filesOf('workbooks', '.json').map(({ path, text }) => [path, readWorkbook(text)] as const);

/** The queries that run when a tab is opened, before anything is clicked. */
function queriesOf(items: readonly Item[], values: Values): readonly string[] {
  return items
    .filter((item) => isVisible(item, values))
    .flatMap((item) => {
      if (item.type === 12) return queriesOf(item.content.items, values);
      if (item.type === 3) return [item.name];
      const parameters = item.type === 9 ? item.content.parameters : [];
      return parameters.filter(({ query }) => query !== undefined).map(({ name }) => name);
    });
}

describe.each(workbooks)('%s', (_path, workbook) => {
  const states = tabStates(workbook.items, startValues(workbook, new URLSearchParams()));

  it('has tabs', () => {
    expect(states.length).toBeGreaterThan(1);
  });

  it('asks at most six things when a tab is opened', () => {
    const queries = states.map((values) => queriesOf(workbook.items, values));
    expect(queries.filter((names) => names.length > most)).toEqual([]);
    expect(queries.every((names) => names.length > 0)).toBe(true);
  });
});
