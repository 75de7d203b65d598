import { formatters } from './cell-view.ts';
import { isKnownUnit } from './number-text.ts';
import type { Formatter } from './schema-cells.ts';
import { signOf, toneOf } from './tones.ts';
import type { QueryItem } from './workbook.ts';

const known: ReadonlySet<number> = new Set(Object.values(formatters));

/** What a tile asks for that looks different here, or not at all: formatters, colours, signs, units. */
export function unknownLooks({ content }: QueryItem): readonly string[] {
  const { gridSettings, tileSettings, chartSettings, statSettings, mapSettings } = content;
  const all = [...(gridSettings?.formatters ?? []), ...tileParts(tileSettings)];
  const units = [
    chartSettings?.ySettings?.unit,
    chartSettings?.ySettings?.numberFormatSettings?.unit,
    statSettings?.numberFormat?.unit,
    mapSettings?.numberFormatSettings?.unit,
  ];
  return [...all.flatMap(unknownIn), ...units.flatMap(unknownUnit)];
}

/** The formatters of the parts of a tile. */
export function tileParts(settings: QueryItem['content']['tileSettings']): readonly Formatter[] {
  const { titleContent, subtitleContent, leftContent, rightContent, secondaryContent } = settings ?? {};
  return [titleContent, subtitleContent, leftContent, rightContent, secondaryContent].flatMap((part) => part ?? []);
}

function unknownIn({ columnMatch, formatter, formatOptions = {}, numberFormat }: Formatter): readonly string[] {
  const { palette, thresholdsOptions, thresholdsGrid = [] } = formatOptions;
  const said = (what: string): string => `${what} of the column ${columnMatch} is not known`;
  const looks = thresholdsGrid.map(({ representation }) => representation ?? undefined);
  const isSign = thresholdsOptions === 'icons';
  return [
    ...(known.has(formatter) ? [] : [said(`formatter ${formatter}`)]),
    ...(toneOf(palette) ? [] : [said(`the palette ${palette}`)]),
    ...looks.flatMap((look) => ((isSign ? signOf(look) : toneOf(look)) ? [] : [said(`the look ${look}`)])),
    ...unknownUnit(numberFormat?.unit),
  ];
}

function unknownUnit(unit: number | undefined): readonly string[] {
  return unit === undefined || isKnownUnit(unit) ? [] : [`the unit ${unit} is not known`];
}
