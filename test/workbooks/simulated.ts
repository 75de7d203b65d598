import { type JsonObject, isJsonObject } from '../../functions/tables/json.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import { watchlistRows } from '../../local/sentinel/content/watchlists.ts';
import type { SourceRow } from '../../local/sentinel/kql/scope.ts';
import { isProblem } from '../../local/sentinel/query/query.ts';
import { queryRunner } from '../../local/sentinel/query/run-query.ts';
import { simulatedGeo } from '../../local/sentinel/query/simulated-geo.ts';
import { storyRows } from '../../local/story-rows.ts';
import { parsers, watchlists } from '../analytics-rules/content.ts';
import type { Span } from './tiles.ts';

const dayMs = 86_400_000;

/** A Friday noon. */
const now = Date.parse('2026-11-20T12:05:00Z');

/** Half of the story's days are chosen; the other half is the period before. */
export const chosenSpan: Span = { from: now - 4 * dayMs, to: now };
export const spanBefore: Span = { from: now - 8 * dayMs, to: chosenSpan.from };

const stored = storyRows({ seed: 1, now, days: 8, users: 40, quiet: false });
const kept = new Map<string, readonly SourceRow[]>([...stored, ['Watchlist', watchlistRows(watchlists, now)]]);

/** The rows of a table as they landed. */
export function rowsOf(table: string): readonly JsonObject[] {
  return (kept.get(table) ?? []).map(({ row }) => row);
}

/** The rows of a table whose event lies in a span; both ends belong to it. */
export function rowsIn(table: string, { from, to }: Span): readonly JsonObject[] {
  return rowsOf(table).filter(({ EventTime: at }) => {
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    return time >= from && time <= to;
  });
}

const run = queryRunner(workspace(parsers, watchlists));

/** The rows of a query's answer by the names of their columns. @throws Error with what is wrong with the query */
export function ask(query: string): readonly JsonObject[] {
  const answer = run(
    { query, rowLimit: 30_000 },
    { rows: (table) => kept.get(table) ?? [], nowMs: now, geoInfo: (address) => ({ ...simulatedGeo(address) }) },
  );
  if (isProblem(answer)) throw new Error(answer.problem);
  return answer.rows
    .map((row) => Object.fromEntries(answer.columns.map(({ name }, index) => [name, row[index] ?? null])))
    .filter(isJsonObject);
}
