import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartLook } from './chart-options.ts';

use([BarChart, LineChart, PieChart, GridComponent, TooltipComponent, SVGRenderer]);

/** A chart in its place. */
export interface DrawnChart {
  end(): void;
}

/** Draws a chart; it follows the size of its place and the page's colours. @param onClick hears the places of series and point */
export function drawBookChart(
  place: HTMLElement,
  optionOf: (look: ChartLook) => EChartsCoreOption,
  onClick: (series: number, index: number) => void,
): DrawnChart {
  const chart = init(place);
  const show = (): void => chart.setOption(optionOf(lookOf(place)), { notMerge: true });
  show();
  chart.on('click', ({ seriesIndex = 0, dataIndex }) => onClick(seriesIndex, dataIndex));
  const resize = new ResizeObserver(() => {
    chart.resize();
    show();
  });
  resize.observe(place);
  const darkness = matchMedia('(prefers-color-scheme: dark)');
  darkness.addEventListener('change', show);
  addEventListener('theme', show);
  return {
    end() {
      resize.disconnect();
      darkness.removeEventListener('change', show);
      removeEventListener('theme', show);
      chart.dispose();
    },
  };
}

function lookOf(place: HTMLElement): ChartLook {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('text'),
    muted: colour('muted'),
    line: colour('line'),
    surface: colour('surface'),
    fontFamily: style.fontFamily,
    isNarrow: place.clientWidth < 420,
    width: place.clientWidth,
  };
}
