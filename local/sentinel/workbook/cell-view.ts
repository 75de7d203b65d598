import type { Json } from '../../../functions/tables/json.ts';
import { cellText } from './exports.ts';
import { numberText } from './number-text.ts';
import type { FormatOptions, Formatter } from './schema-cells.ts';
import { thresholdOf } from './thresholds.ts';
import { severitySign, type Sign, signOf, type Tone, toneOf } from './tones.ts';

/** What a cell of a grid or a part of a tile looks like. */
export type CellView =
  | { readonly kind: 'text'; readonly text: string; readonly isNumber: boolean }
  | { readonly kind: 'big'; readonly text: string }
  | { readonly kind: 'bar'; readonly text: string; readonly share: number; readonly tone: Tone }
  | { readonly kind: 'heat'; readonly text: string; readonly share: number; readonly tone: Tone }
  | { readonly kind: 'sign'; readonly text: string; readonly sign: Sign }
  | { readonly kind: 'tag'; readonly text: string; readonly tone: Tone }
  | { readonly kind: 'spark'; readonly values: readonly number[]; readonly isBars: boolean; readonly tone: Tone }
  | { readonly kind: 'link'; readonly text: string; readonly options: FormatOptions };

/** The lowest and highest number of a column. */
export interface Extent {
  readonly min: number;
  readonly max: number;
}

/** The formatters that are known here. https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-grid-visualizations */
export const formatters = {
  automatic: 0,
  text: 1,
  right: 2,
  bar: 3,
  barUnderneath: 4,
  hidden: 5,
  dateTime: 6,
  link: 7,
  heatmap: 8,
  sparkLine: 9,
  sparkBars: 10,
  severity: 11,
  bigNumber: 12,
  thresholds: 18,
  sparkArea: 21,
} as const;

type Known = Pick<Formatter, 'formatter' | 'formatOptions' | 'numberFormat'>;

/** What a cell looks like. @param type of its column; @param extent of its column, for bars and heat */
export function viewOf(cell: Json | undefined, type: string, of: Known | undefined, extent: Extent): CellView {
  const { formatter = formatters.automatic, formatOptions: options = {}, numberFormat } = of ?? {};
  const number = typeof cell === 'number' ? cell : undefined;
  const text = number === undefined ? valueText(cell, type) : numberText(number, numberFormat);
  const tone = toneOf(options.palette) ?? 'blue';
  switch (formatter) {
    case formatters.bar:
    case formatters.barUnderneath:
      return {
        kind: 'bar',
        text,
        share: shareOf(number, { min: options.min ?? Math.min(0, extent.min), max: options.max ?? extent.max }),
        tone,
      };
    case formatters.heatmap:
      return {
        kind: 'heat',
        text,
        share: shareOf(number, { min: options.min ?? extent.min, max: options.max ?? extent.max }),
        tone,
      };
    case formatters.sparkLine:
    case formatters.sparkArea:
    case formatters.sparkBars:
      return { kind: 'spark', values: numbersIn(cell), isBars: formatter === formatters.sparkBars, tone };
    case formatters.bigNumber:
      return { kind: 'big', text };
    case formatters.severity:
      return { kind: 'sign', text, sign: severitySign(text) };
    case formatters.thresholds:
      return byThreshold(cell, text, options);
    case formatters.link:
      return text === ''
        ? { kind: 'text', text, isNumber: false }
        : { kind: 'link', text: options.linkLabel || text, options };
    default:
      return { kind: 'text', text, isNumber: number !== undefined || formatter === formatters.right };
  }
}

function byThreshold(
  cell: Json | undefined,
  text: string,
  { thresholdsOptions, thresholdsGrid }: FormatOptions,
): CellView {
  const line = thresholdOf(cell, thresholdsGrid ?? []);
  const shown = (line?.text ?? '{0}{1}').replace('{0}', () => text).replace('{1}', '');
  const { representation } = line ?? {};
  if (thresholdsOptions === 'icons') return { kind: 'sign', text: shown, sign: signOf(representation) ?? 'none' };
  return { kind: 'tag', text: shown, tone: toneOf(representation ?? 'gray') ?? 'gray' };
}

/** How far a number lies between two others, 0 to 1. Numbers that are all alike are full, but for noughts. */
function shareOf(value: number | undefined, { min, max }: Extent): number {
  if (value === undefined) return 0;
  if (max <= min) return value === 0 ? 0 : 1;
  return Math.max(0, Math.min(1, (value - min) / (max - min)));
}

function numbersIn(cell: Json | undefined): readonly number[] {
  const items: readonly Json[] = Array.isArray(cell) ? cell : [];
  return items.map((item) => (typeof item === 'number' ? item : 0));
}

/** A value without a formatter: times to the second in UTC, anything else as it is. */
function valueText(cell: Json | undefined, type: string): string {
  const text = cellText(cell);
  return type === 'datetime' ? text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d).*$/, '$1 $2') : text;
}

/** The lowest and highest number among cells. */
export function extentOf(cells: readonly (Json | undefined)[]): Extent {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  // Spread arguments have a limit that rows may exceed.
  return numbers.reduce<Extent>(
    ({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }),
    numbers.length > 0 ? { min: Infinity, max: -Infinity } : { min: 0, max: 0 },
  );
}
