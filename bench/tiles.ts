import { readContent, filesOf } from '../local/sentinel/content/read-files.ts';
import { watchlistRows } from '../local/sentinel/content/watchlists.ts';
import { workspace } from '../local/sentinel/content/workspace.ts';
import { keepCalls } from '../local/sentinel/kql/kept-calls.ts';
import { keepTable, type KeptTable } from '../local/sentinel/kql/kept-table.ts';
import { queryRunner } from '../local/sentinel/query/run-query.ts';
import { simulatedGeo } from '../local/sentinel/query/simulated-geo.ts';
import { declaredBy } from '../local/sentinel/workbook/declared.ts';
import { readWorkbook } from '../local/sentinel/workbook/read-workbook.ts';
import { type Stop, tour } from '../local/sentinel/workbook/tour.ts';
import { plainText } from '../local/sentinel/workbook/values.ts';
import { conditionsOf, titleOf, type Workbook } from '../local/sentinel/workbook/workbook.ts';
import { storyRows } from '../local/story-rows.ts';

/** How long a tile takes to answer, the first time and once more. */
export interface TileTime {
  readonly workbook: string;
  readonly title: string;
  /** The tab it stands on; empty for tiles that only a click opens. */
  readonly tab: string;
  readonly firstMs: number;
  readonly againMs: number;
}

/** Measures every tile of every workbook over a simulated company of the usual size. */
export function measureTiles(now: number): readonly TileTime[] {
  const { parsers, watchlists } = readContent();
  const tables = new Map<string, KeptTable>();
  const stored = storyRows({ seed: 1, now, days: 14, users: 100, quiet: false });
  for (const [name, rows] of [...stored, ['Watchlist', watchlistRows(watchlists, now)] as const]) {
    const table = keepTable();
    table.add(rows);
    tables.set(name, table);
  }
  const run = queryRunner(workspace(parsers, watchlists));
  const calls = keepCalls();
  const geoInfo = (address: string) => ({ ...simulatedGeo(address) });
  const kept = (name: string) => tables.get(name);
  return filesOf('workbooks', '.json').flatMap(({ text }) => {
    const workbook = readWorkbook(text);
    const visit = (): readonly Stop[] =>
      tour({
        workbook,
        nowMs: now,
        ask: (request) => run(request, { rows: () => [], kept, calls, nowMs: now, geoInfo }),
      });
    const [first, again] = [visit(), visit()];
    return first.map((stop, index) => timeOf(workbook, stop, again[index]));
  });
}

function timeOf(workbook: Workbook, stop: Stop, again: Stop | undefined): TileTime {
  const elapsed = (of: Stop | undefined): number => (of && 'elapsedMs' in of.answer ? of.answer.elapsedMs : Number.NaN);
  const workbookTitle = titleOf(workbook.items);
  return {
    workbook: workbookTitle,
    title: stop.title,
    tab: conditionsOf(stop.item).length > 0 ? '' : `${workbookTitle}: ${tabsIn(workbook, stop).join(', ')}`,
    firstMs: elapsed(stop),
    againMs: elapsed(again),
  };
}

/** The tabs that were open. */
function tabsIn({ items }: Workbook, { values }: Stop): readonly string[] {
  const bars = items.flatMap((item) => (item.type === 11 || item.type === 12 ? [item] : []));
  const names = bars.flatMap((item) => [...declaredBy([item]).keys()]);
  const tabs = names.filter((name) => /tab|panel/i.test(name));
  return [...new Set(tabs)].map((name) => plainText(values.get(name)));
}

const mostTiles = 10;

/** What was measured, in words: the slowest tiles, and the slowest tabs, whose tiles are added up. */
export function tileReport(times: readonly TileTime[]): string {
  const slowest = times.toSorted((a, b) => b.againMs - a.againMs).slice(0, mostTiles);
  const tabs = [
    ...Map.groupBy(
      times.filter(({ tab }) => tab !== ''),
      ({ tab }) => tab,
    ),
  ].map(([tab, all]) => [tab, all.reduce((sum, { againMs }) => sum + againMs, 0)] as const);
  const over = (limitMs: number): number => times.filter(({ againMs }) => againMs > limitMs).length;
  return [
    `${times.length} tiles; ${over(1000)} take over 1 s, ${over(500)} over 0.5 s, once their rows have been read`,
    ...slowest.map((each) => `  ${ms(each.againMs)} (first ${ms(each.firstMs)})  ${each.workbook} / ${each.title}`),
    'tabs, all of their tiles one after the other',
    ...tabs
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, mostTiles)
      .map(([tab, sum]) => `  ${ms(sum)}  ${tab}`),
  ].join('\n');
}

function ms(value: number): string {
  return `${Math.round(value).toString().padStart(5)} ms`;
}
