import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { HistoryAnswer } from '../server/history.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** A bar chart in its place. */
export interface Chart {
  show(history: HistoryAnswer): void;
  end(): void;
}

/** Draws an empty chart; it follows the size of its place and the page's colours. */
export function drawChart(place: HTMLElement): Chart {
  const chart = init(place);
  let shown: HistoryAnswer | undefined;
  const show = (): void => {
    if (shown) chart.setOption(optionOf(shown), { notMerge: true });
  };
  const resize = new ResizeObserver(() => chart.resize());
  resize.observe(place);
  const darkness = matchMedia('(prefers-color-scheme: dark)');
  darkness.addEventListener('change', show);
  addEventListener('theme', show);
  return {
    show(history) {
      shown = history;
      show();
    },
    end() {
      resize.disconnect();
      darkness.removeEventListener('change', show);
      removeEventListener('theme', show);
      chart.dispose();
    },
  };
}

// One colour a table, apart in light and dark and for most colour-blind people.
export const colours =
  '#2f7fd1 #0f9d8a #e08b1f #b4518f #6a6fd6 #c9503c #4c9a3a #8a6d3b #5aa9c7 #d06f9f #7f8c1f #8b95a5 #a33f3f'.split(' ');

function optionOf({ starts, series, bucketMs }: HistoryAnswer): EChartsCoreOption {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const text = { color: colour('muted'), fontFamily: style.fontFamily, fontSize: 12 };
  const isFine = bucketMs < 3_600_000;
  const label = (ms: number): string =>
    new Date(ms)
      .toISOString()
      .slice(isFine ? 11 : 5, isFine ? 16 : 13)
      .replace('T', ' ');
  return {
    animation: false,
    color: colours,
    textStyle: text,
    grid: { left: 8, right: 12, top: 12, bottom: 44, containLabel: true },
    legend: {
      type: 'scroll',
      bottom: 0,
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 10,
      textStyle: text,
      pageTextStyle: text,
      pageIconColor: text.color,
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      backgroundColor: colour('surface'),
      borderColor: colour('line'),
      textStyle: { ...text, color: colour('text') },
    },
    xAxis: {
      type: 'category',
      data: starts.map((ms) => `${label(ms)}${isFine ? '' : ':00'}`),
      axisLine: { lineStyle: { color: colour('line') } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colour('line') } }, axisLabel: text },
    series: series
      .map(({ table, rows }, index) => ({ table, rows, color: colours[index] }))
      .filter(({ rows }) => rows.some((n) => n > 0))
      .map(({ table, rows, color }) => ({
        name: table.replace(/_CL$/, ''),
        type: 'bar',
        stack: 'rows',
        color,
        data: rows.map((n) => (n === 0 ? null : n)),
        barCategoryGap: '18%',
        itemStyle: { borderColor: colour('surface'), borderWidth: 0.5 },
      })),
  };
}
