import { h } from 'preact';
import { type MapPoint, mapPoints } from '../../sentinel/workbook/map-data.ts';
import { numberText } from '../../sentinel/workbook/number-text.ts';
import { land } from './land.ts';
import type { ViewProps } from './view-props.ts';

// Plate carree from 60° south to 84° north: 2 units a degree.
const scale = 2;
const [west, north] = [-180, 84];
const [width, height] = [720, 288];

function x(longitude: number): number {
  return (longitude - west) * scale;
}

function y(latitude: number): number {
  return (north - latitude) * scale;
}

const mostListed = 12;

/** Places as circles over coarse outlines of the continents, and the largest of them as a list. */
export function MapView({ item, rows, onClick, isClicked }: ViewProps) {
  const points = mapPoints(item, rows);
  const { numberFormatSettings: format, legendMetric = '' } = item.content.mapSettings ?? {};
  const largest = points[0]?.size ?? 1;
  const radius = ({ size }: MapPoint): number => 3 + 15 * Math.sqrt(size / largest);
  const said = (point: MapPoint): string =>
    `${point.label || '(unknown)'}: ${numberText(point.value, format)} ${legendMetric}`;
  return h(
    'div',
    { class: 'map' },
    h(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${points.length} places on a map` },
      h(Graticule, {}),
      land.map((outline, index) => h('polygon', { key: index, class: 'land', points: projected(outline) })),
      points.map((point) =>
        h(
          'circle',
          {
            key: `${point.label} ${point.latitude} ${point.longitude}`,
            class: onClick ? 'place can-click' : 'place',
            cx: x(point.longitude),
            cy: y(point.latitude),
            r: radius(point),
            onClick: onClick && (() => onClick(point.row)),
          },
          h('title', null, said(point)),
        ),
      ),
    ),
    h(
      'ul',
      { class: 'places' },
      points
        .slice(0, mostListed)
        .map((point) =>
          h(
            'li',
            { key: said(point) },
            onClick
              ? h(
                  'button',
                  { type: 'button', 'aria-pressed': isClicked(point.row), onClick: () => onClick(point.row) },
                  said(point),
                )
              : [
                  h('span', { dir: 'auto' }, point.label || '(unknown)'),
                  h('strong', null, numberText(point.value, format)),
                ],
          ),
        ),
    ),
    h('p', { class: 'muted small' }, `Circles show ${legendMetric}. Places of simulated addresses are invented.`),
  );
}

function projected(outline: readonly number[]): string {
  const corners = outline.flatMap((value, index) =>
    index % 2 === 0 ? [] : [`${x(outline[index - 1] ?? 0)},${y(value)}`],
  );
  return corners.join(' ');
}

function Graticule() {
  const meridians = [-150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150];
  const parallels = [-30, 0, 30, 60];
  return h(
    'g',
    { class: 'graticule' },
    meridians.map((at) => h('line', { key: at, x1: x(at), x2: x(at), y1: 0, y2: height })),
    parallels.map((at) => h('line', { key: `p${at}`, x1: 0, x2: width, y1: y(at), y2: y(at) })),
  );
}
