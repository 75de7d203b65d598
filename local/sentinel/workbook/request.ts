import type { QueryRequest } from '../query/query.ts';
import { spanOf } from './time-span.ts';
import type { Values } from './values.ts';
import type { QueryItem } from './workbook.ts';

/** What a grid shows where it does not say. https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-grid-visualizations */
const usualRowLimit = 250;

/** What a tile asks for. @param query with its parameters filled in */
export function requestOf({ content }: QueryItem, query: string, values: Values, nowMs: number): QueryRequest {
  const rowLimit = content.visualization === 'table' ? (content.gridSettings?.rowLimit ?? usualRowLimit) : 10_000;
  const { timeContextFromParameter: name, timeContext } = content;
  const value = name === undefined ? undefined : values.get(name);
  const own = timeContext && timeContext.durationMs > 0 ? timeContext : undefined;
  const time = value?.kind === 'time' ? value.time : own;
  return { query, rowLimit, ...(time && { range: spanOf(time, nowMs) }) };
}
