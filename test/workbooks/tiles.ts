import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';

/** A tile that shows the answer to a query. */
export interface Tile {
  /** The item's name, which never changes; the title may. */
  readonly name: string;
  readonly query: string;
}

/** The tiles of a workbook, and what its parameters are before anybody has chosen. */
export interface Tiles {
  readonly tile: (name: string) => Tile;
  readonly chosen: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, '..', '..', 'workbooks');
const queryItem = 3;
const parametersItem = 9;

/** Reads a workbook by the name of its file. */
export function tilesOf(file: string): Tiles {
  const items = itemsIn(parseJson(readFileSync(join(folder, file), 'utf8')));
  const tiles = items.filter(({ type }) => type === queryItem);
  const parameters = items
    .filter(({ type }) => type === parametersItem)
    .flatMap(({ content }) => parametersIn(content));
  return {
    chosen: Object.fromEntries(parameters),
    tile(name) {
      const item = tiles.find((each) => each.name === name);
      const query = item?.content['query'];
      if (typeof query !== 'string') throw new Error(`${file} has no tile ${name}`);
      return { name, query };
    },
  };
}

interface Item {
  readonly type: number;
  readonly name: string;
  readonly content: JsonObject;
}

/** The items of a workbook or group, those in groups behind their group. */
function itemsIn(of: Json | undefined): readonly Item[] {
  const listed = isJsonObject(of) ? of['items'] : undefined;
  if (!Array.isArray(listed)) return [];
  return listed.filter(isJsonObject).flatMap(({ type, name, content }) => {
    if (typeof type !== 'number' || typeof name !== 'string' || !isJsonObject(content)) return [];
    return [{ type, name, content }, ...itemsIn(content)];
  });
}

function parametersIn({ parameters }: JsonObject): readonly [name: string, value: string][] {
  const listed = Array.isArray(parameters) ? parameters.filter(isJsonObject) : [];
  return listed.flatMap(({ name, value }): [string, string][] =>
    typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [],
  );
}

/** A span of time that somebody chose, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The query as the portal would send it. https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-parameters
 * @throws Error for a parameter that nobody has chosen
 */
export function withParameters(query: string, chosen: Readonly<Record<string, string>>, span: Span): string {
  const times: Readonly<Record<string, string>> = {
    '{Time:start}': `datetime(${new Date(span.from).toISOString()})`,
    '{Time:end}': `datetime(${new Date(span.to).toISOString()})`,
  };
  return query.replaceAll(/\{([A-Za-z_]\w*)(:\w+)?\}/g, (reference: string, name: string, format?: string) => {
    const value = chosen[name];
    const time = times[reference];
    if (time !== undefined) return time;
    if (value === undefined) throw new Error(`nobody has chosen ${reference}`);
    return format === ':escapejson' ? JSON.stringify(value).slice(1, -1) : value;
  });
}
