import type { EChartsCoreOption } from 'echarts/core';
import type { ChartData, Slice } from '../../sentinel/workbook/chart-data.ts';
import { numberText, unitText } from '../../sentinel/workbook/number-text.ts';
import type { QueryItem } from '../../sentinel/workbook/workbook.ts';

/** The page's colours and letters, and how much room there is. */
export interface ChartLook {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly fontFamily: string;
  readonly isNarrow: boolean;
  /** In pixels. */
  readonly width: number;
}

/** How a chart with axes is drawn. */
export interface AxesSettings {
  readonly chartSettings: QueryItem['content']['chartSettings'];
  readonly isArea: boolean;
  readonly isStacked: boolean;
}

/** Makes what ECharts draws. */
export type MakeOption = (look: ChartLook) => EChartsCoreOption;

function textOf({ muted, fontFamily }: ChartLook): object {
  return { color: muted, fontFamily, fontSize: 12 };
}

function tooltipOf(look: ChartLook, trigger: 'item' | 'axis'): object {
  return {
    trigger,
    confine: true,
    // What strangers wrote may stand in names: no HTML is made of it.
    renderMode: 'richText',
    backgroundColor: look.surface,
    borderColor: look.line,
    textStyle: { color: look.text, fontFamily: look.fontFamily, fontSize: 12 },
  };
}

const longestLabel = 26;

function shortened(text: string): string {
  return text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text;
}

/** A pie whose legend stands beside it. */
export function pieOption(slices: readonly (Slice & { readonly colour: string })[]): MakeOption {
  return (look) => ({
    animation: false,
    tooltip: tooltipOf(look, 'item'),
    series: [
      {
        type: 'pie',
        radius: ['52%', '88%'],
        label: { show: false },
        itemStyle: { borderColor: look.surface, borderWidth: 1.5 },
        data: slices.map(({ label, value, colour }) => ({
          name: shortened(label),
          value,
          itemStyle: { color: colour },
        })),
      },
    ],
  });
}

/** The value axis with its name and unit. */
function valueAxis(look: ChartLook, { chartSettings }: AxesSettings): object {
  const { label, unit, min, max, numberFormatSettings } = chartSettings?.ySettings ?? {};
  const format = numberFormatSettings ?? (unit === undefined ? undefined : { unit });
  const name = [label, unitText(format?.unit).trim()].filter(Boolean).join(' in ');
  return {
    type: 'value',
    name,
    nameTextStyle: { ...textOf(look), align: 'left' },
    nameGap: 10,
    ...(typeof min === 'number' && { min }),
    ...(typeof max === 'number' && { max }),
    splitLine: { lineStyle: { color: look.line } },
    axisLabel: { ...textOf(look), formatter: (value: number) => numberText(value, format && { ...format, unit: 0 }) },
  };
}

function frame(look: ChartLook, settings: AxesSettings): object {
  const named = settings.chartSettings?.xSettings?.label !== undefined;
  return {
    animation: false,
    textStyle: textOf(look),
    grid: { left: 8, right: 16, top: 30, bottom: named ? 26 : 8, containLabel: true },
  };
}

function across(look: ChartLook, { chartSettings }: AxesSettings): object {
  const name = chartSettings?.xSettings?.label;
  return {
    ...(name !== undefined && { name, nameLocation: 'middle', nameGap: 28, nameTextStyle: textOf(look) }),
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { ...textOf(look), hideOverlap: true },
  };
}

/** https://echarts.apache.org/en/option.html#xAxis.axisLabel.formatter */
const timeFormats = {
  year: '{yyyy}',
  month: '{MMM}',
  day: '{MMM} {d}',
  hour: '{HH}:{mm}',
  minute: '{HH}:{mm}',
  second: '{HH}:{mm}:{ss}',
} as const;

/** Lines or areas over time. */
export function lineOption({ series }: ChartData, settings: AxesSettings, colours: readonly string[]): MakeOption {
  return (look) => ({
    ...frame(look, settings),
    tooltip: tooltipOf(look, 'axis'),
    useUTC: true,
    xAxis: {
      type: 'time',
      ...across(look, settings),
      axisLabel: { ...textOf(look), hideOverlap: true, formatter: timeFormats },
    },
    yAxis: valueAxis(look, settings),
    series: series.map(({ label, points }, index) => ({
      name: shortened(label),
      type: 'line',
      color: colours[index % colours.length],
      symbolSize: 5,
      showSymbol: points.length <= 40,
      lineStyle: { width: 2 },
      ...(settings.isArea && { areaStyle: { opacity: 0.18 } }),
      data: points.map(({ x, y }) => [x, y]),
    })),
  });
}

/** Bars over time or by category. */
export function barOption(data: ChartData, settings: AxesSettings, colours: readonly string[]): MakeOption {
  const categories = data.isTime
    ? timesOf(data)
    : [...new Set(data.series.flatMap(({ points }) => points.map(({ x }) => x)))];
  return (look) => ({
    ...frame(look, settings),
    tooltip: tooltipOf(look, data.series.length > 8 ? 'item' : 'axis'),
    xAxis: {
      type: 'category',
      data: data.isTime
        ? categories.map((ms) => timeLabel(Number(ms), categories))
        : categories.map((name) => shortened(String(name) || '(empty)')),
      ...across(look, settings),
      ...(!data.isTime && { axisLabel: categoryLabel(look, categories.length) }),
    },
    yAxis: valueAxis(look, settings),
    series: data.series.map(({ label, points }, index) => {
      const byX = new Map(points.map(({ x, y }) => [x, y]));
      return {
        name: shortened(label),
        type: 'bar',
        ...(settings.isStacked && { stack: 'all' }),
        color: colours[index % colours.length],
        barMaxWidth: 48,
        data: categories.map((x) => byX.get(x) ?? null),
      };
    }),
  });
}

function timesOf({ series }: ChartData): readonly number[] {
  const times = new Set(series.flatMap(({ points }) => points.map(({ x }) => Number(x))));
  return [...times].toSorted((a, b) => a - b);
}

const dayMs = 86_400_000;

/** Days as days; shorter steps with their time. */
function timeLabel(ms: number, all: readonly (number | string)[]): string {
  const isDays = all.every((each) => Number(each) % dayMs === 0);
  const iso = new Date(ms).toISOString();
  return isDays ? iso.slice(5, 10) : iso.slice(5, 16).replace('T', ' ');
}

/** Few categories have room for their names, which are cut where they are too long; those of many lie aslant. */
function categoryLabel(look: ChartLook, count: number): object {
  if (count > (look.isNarrow ? 4 : 8)) return { ...textOf(look), rotate: 30, hideOverlap: true };
  const width = Math.floor((look.width - 80) / Math.max(count, 1)) - 8;
  return { ...textOf(look), interval: 0, width: Math.max(width, 24), overflow: 'truncate' };
}
