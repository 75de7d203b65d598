import type { Json } from '../../../functions/tables/json.ts';
import type { SchemaFunction, SchemaTable } from '../kql/language.ts';
import type { SourceRow } from '../kql/scope.ts';
import type { ContentFile } from './parser-file.ts';

/** A watchlist: its alias, the names of its columns, and its items. */
export interface Watchlist {
  readonly alias: string;
  readonly columns: readonly string[];
  readonly items: readonly Readonly<Record<string, string>>[];
}

/** The table that Sentinel keeps the items of all watchlists in; no time range of a query leaves any of them out. */
export const watchlistTable: SchemaTable = {
  name: 'Watchlist',
  columns: {
    WatchlistAlias: 'string',
    WatchlistItem: 'dynamic',
    SearchKey: 'string',
    LastUpdatedTimeUTC: 'dateTime',
    _DTItemId: 'string',
  },
};

/** The watchlists that are shipped, their columns, and the one that `SearchKey` repeats. */
export const shippedWatchlists = {
  MimecastExceptions: { columns: ['rule', 'field', 'value', 'until', 'reason'], searchKey: 'value' },
  MimecastVips: { columns: ['address', 'name', 'reason'], searchKey: 'address' },
} as const;

const searchKeys = new Map<string, string>(
  Object.entries(shippedWatchlists).map(([alias, { searchKey }]) => [alias, searchKey]),
);

/** The watchlists of files called `<alias>.csv`, whose first line names the columns. */
export function watchlistsOf(files: readonly ContentFile[]): readonly Watchlist[] {
  return files.map(({ path, text }) => {
    const [columns = [], ...rows] = csv(text);
    const items = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? ''])));
    return { alias: (path.split('/').at(-1) ?? path).replace(/\.csv$/, ''), columns, items };
  });
}

/** Cells may be quoted; quotes inside are doubled. https://www.rfc-editor.org/rfc/rfc4180 */
function csv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.trimEnd().matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows;
}

/**
 * `_GetWatchlist`, as Sentinel defines it: the columns that the items have, beside its own. So an empty watchlist has
 * none but Sentinel's own, and a query asks for the others with `column_ifexists`.
 */
export function watchlistFunction(watchlists: readonly Watchlist[]): SchemaFunction {
  const names = new Set(watchlists.flatMap(({ columns, items }) => (items.length > 0 ? columns : [])));
  const own = [...names].map((name) => `, ['${name}'] = tostring(WatchlistItem['${name}'])`);
  return {
    name: '_GetWatchlist',
    parameters: '(watchlistAlias:string)',
    body: `Watchlist | where WatchlistAlias == watchlistAlias | project _DTItemId, LastUpdatedTimeUTC, SearchKey${own.join('')}`,
  };
}

/** The rows of the table `Watchlist`. @param updatedAt when the items were last changed, epoch milliseconds */
export function watchlistRows(watchlists: readonly Watchlist[], updatedAt: number): readonly SourceRow[] {
  return watchlists.flatMap(({ alias, columns, items }) =>
    items.map((item, index) => {
      const cells: Record<string, Json> = {
        WatchlistAlias: alias,
        WatchlistItem: item,
        SearchKey: item[searchKeys.get(alias) ?? columns[0] ?? ''] ?? '',
        LastUpdatedTimeUTC: new Date(updatedAt).toISOString(),
        _DTItemId: `${alias}-${index + 1}`,
      };
      return { timeGenerated: updatedAt, arrival: updatedAt, row: cells };
    }),
  );
}
