import { beforeAll, describe, expect, test, vi } from 'vitest';
import { filesOf } from '../../local/sentinel/content/read-files.ts';
import { isProblem } from '../../local/sentinel/query/query.ts';
import { bookLinks } from '../../local/sentinel/workbook/book-links.ts';
import { cellText } from '../../local/sentinel/workbook/exports.ts';
import { unknownLooks } from '../../local/sentinel/workbook/known-looks.ts';
import { namedColumns } from '../../local/sentinel/workbook/named-columns.ts';
import { readWorkbook } from '../../local/sentinel/workbook/read-workbook.ts';
import { type Stop, tour } from '../../local/sentinel/workbook/tour.ts';
import { type ParameterValue, textValue } from '../../local/sentinel/workbook/values.ts';
import { allItems, type QueryItem, titleOf, type Workbook } from '../../local/sentinel/workbook/workbook.ts';
import { type Company, wholeCompany } from './whole-company.ts';

vi.setConfig({ hookTimeout: 240_000 });

const workbooks = filesOf('workbooks', '.json').map(({ path, text }) => [path, readWorkbook(text)] as const);
const tilesOf = ({ items }: Workbook): readonly QueryItem[] => allItems(items).filter((item) => item.type === 3);
const seen = new Map<QueryItem, Stop>();

const linksTried = 4;
let company: Company;

/** Goes through a workbook, and notes each tile with the most rows it had. */
function visit(workbook: Workbook, values: ReadonlyMap<string, ParameterValue>): void {
  for (const stop of tour({ workbook, ...company, values })) {
    const before = seen.get(stop.item);
    if (!before || rowsOf(stop) > rowsOf(before)) seen.set(stop.item, stop);
  }
}

function rowsOf({ answer }: Stop): number {
  return isProblem(answer) ? 0 : answer.rowCount;
}

function isEmpty(item: QueryItem): boolean {
  const stop = seen.get(item);
  return !stop || rowsOf(stop) === 0;
}

/** Follows links from the cells of all tiles into a workbook as long as a tile of it is empty. */
function followLinks(workbook: Workbook): void {
  const links = [...seen.values()].flatMap((stop) => bookLinks(stop.item, stop.answer, stop.values, linksTried));
  const own = links.filter(({ templateId }) => templateId === workbook.templateId);
  const kinds = Map.groupBy(own, ({ parameters }) => parameters.map(([name]) => name).join());
  for (const same of kinds.values()) {
    for (const { parameters } of same.slice(0, linksTried)) {
      if (!tilesOf(workbook).some(isEmpty)) return;
      const texts = parameters.filter(([name]) => name !== 'Time');
      visit(workbook, new Map(texts.map(([name, text]) => [name, textValue(text)])));
    }
  }
}

/** Types into the text boxes that are empty, as long as a tile is empty, senders that other tiles show. */
function typeSenders(workbook: Workbook): void {
  const boxes = allItems(workbook.items)
    .flatMap((item) => (item.type === 9 ? item.content.parameters : []))
    .filter(({ type, value }) => type === 1 && value === '');
  const senders = [...seen.values()].flatMap(({ answer }) => {
    const place = isProblem(answer) ? -1 : answer.columns.findIndex(({ name }) => name === 'Sender');
    return isProblem(answer) || place < 0 ? [] : answer.rows.slice(0, 1).map((row) => cellText(row[place]));
  });
  for (const { name } of boxes) {
    for (const sender of new Set(senders)) {
      if (!tilesOf(workbook).some(isEmpty)) return;
      visit(workbook, new Map([[name, textValue(sender)]]));
    }
  }
}

beforeAll(() => {
  company = wholeCompany(40);
  for (const [, workbook] of workbooks) visit(workbook, new Map());
  for (const [, workbook] of workbooks) followLinks(workbook);
  for (const [, workbook] of workbooks) typeSenders(workbook);
});

test('the table of all tiles', () => {
  const lines = workbooks.flatMap(([, workbook]) =>
    tilesOf(workbook).map((item) => {
      const stop = seen.get(item);
      return [
        titleOf(workbook.items),
        stop?.title ?? item.content.title,
        item.content.visualization,
        stop ? rowsOf(stop) : 'never seen',
      ];
    }),
  );
  // The table is what this test is read for.
  console.log(lines.map((line) => line.join(' | ')).join('\n'));
  expect(lines.length).toBeGreaterThan(143);
});

describe.each(workbooks)('%s', (_path, workbook) => {
  const tiles = tilesOf(workbook);

  test('holds nothing that is not known here', () => {
    expect([...workbook.notices, ...tiles.flatMap(unknownLooks)]).toEqual([]);
  });

  test('has no tile that fails or that nobody gets to see', () => {
    const failing = tiles.flatMap((item) => {
      const stop = seen.get(item);
      return stop && isProblem(stop.answer) ? [`${item.name}: ${stop.answer.problem}`] : [];
    });
    expect(failing).toEqual([]);
    expect(tiles.filter((item) => !seen.has(item)).map(({ name }) => name)).toEqual([]);
  });

  test('has no tile without rows', () => {
    expect(tiles.filter(isEmpty).map(({ name }) => name)).toEqual([]);
  });

  test('names only columns that its queries have', () => {
    const missing = tiles.flatMap((item) => {
      const answer = seen.get(item)?.answer;
      const columns = answer && !isProblem(answer) ? answer.columns.map(({ name }) => name) : [];
      return namedColumns(item)
        .filter((name) => !columns.includes(name))
        .map((name) => `${item.name}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});
