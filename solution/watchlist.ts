/** A watchlist: what Azure calls it, and its rows as CSV, the first one the columns' names. */
export interface Watchlist {
  readonly alias: string;
  readonly description: string;
  readonly searchKey: string;
  readonly csv: string;
}

/** What the shipped watchlists are for, and the column they are looked up by. */
const known = new Map([
  [
    'MimecastExceptions',
    {
      description: 'What the analytics rules leave out: a value of a field, for a rule, until a day.',
      searchKey: 'value',
    },
  ],
  ['MimecastVips', { description: 'People whose mail and clicks matter most.', searchKey: 'address' }],
]);

/** Reads a watchlist from a file called `<alias>.csv`. @throws Error when it has no columns */
export function watchlistOf(alias: string, text: string): Watchlist {
  const [first = ''] = (text.split('\n')[0] ?? '').split(',');
  if (first.trim() === '') throw new Error('the first line names no columns');
  const { description = `The watchlist ${alias}.`, searchKey = first.trim() } = known.get(alias) ?? {};
  return { alias, description, searchKey, csv: text };
}
