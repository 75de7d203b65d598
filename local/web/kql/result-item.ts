import type { QueryRows } from '../../sentinel/query/query.ts';
import type { QueryItem, Visualization } from '../../sentinel/workbook/workbook.ts';
import type { Book } from '../workbook/book.ts';

const charts: Readonly<Record<string, Visualization>> = {
  barchart: 'categoricalbar',
  columnchart: 'categoricalbar',
  piechart: 'piechart',
  linechart: 'linechart',
  timechart: 'timechart',
  areachart: 'areachart',
  stackedareachart: 'areachart',
  anomalychart: 'timechart',
};

/** The chart that `render` asks for; undefined when it asks for none, or for one that is not drawn here. */
export function chartOf({ render }: Pick<QueryRows, 'render'>): Visualization | undefined {
  return render && charts[render.kind.toLowerCase()];
}

/** An answer as a tile of a workbook would show it. */
export function itemOf({ render }: QueryRows, visualization: Visualization): QueryItem {
  const { title, xcolumn, ycolumns, series } = render?.properties ?? {};
  const isStacked = render?.properties['kind']?.startsWith('stacked') === true;
  return {
    type: 3,
    name: 'result',
    content: {
      version: 'KqlItem/1.0',
      query: '',
      size: 0,
      queryType: 0,
      resourceType: 'microsoft.operationalinsights/workspaces',
      title: title ?? 'Result',
      visualization: isStacked && visualization === 'categoricalbar' ? 'barchart' : visualization,
      gridSettings: { filter: true },
      chartSettings: {
        xAxis: xcolumn,
        yAxis: ycolumns?.split(',').map((name) => name.trim()),
        group: series?.split(',')[0]?.trim(),
      },
    },
  };
}

/** A workbook without parameters around it. */
export const noBook: Book = {
  values: new Map(),
  nowMs: 0,
  templates: new Map(),
  set: () => undefined,
  fill: (text) => ({ text, missing: [] }),
};
