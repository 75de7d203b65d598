import * as z from 'zod';

const strict = z.strictObject;

/** How a number is written: its unit, and how many digits. */
export const numberFormat = strict({
  unit: z.number(),
  options: strict({
    style: z.enum(['decimal', 'percent', 'currency']).optional(),
    useGrouping: z.boolean().optional(),
    minimumFractionDigits: z.number().optional(),
    maximumFractionDigits: z.number().optional(),
    maximumSignificantDigits: z.number().optional(),
  }).optional(),
  emptyValCustomText: z.string().optional(),
});

export type NumberFormat = z.output<typeof numberFormat>;

const operators = ['==', '!=', '>', '>=', '<', '<=', 'contains', 'startsWith', 'is Empty', 'regex', 'Default'] as const;

/** One line of a formatter of thresholds: values like this look like that. */
export const threshold = strict({
  operator: z.enum(operators),
  thresholdValue: z.string().nullable().optional(),
  representation: z.string().nullable().optional(),
  text: z.string(),
});

export type Threshold = z.output<typeof threshold>;

const templateParameter = strict({
  name: z.string(),
  source: z.enum(['static', 'parameter', 'column']),
  value: z.string(),
});

const workbookContext = strict({
  componentIdSource: z.string(),
  componentId: z.string().optional(),
  resourceIdsSource: z.string(),
  resourceIds: z.array(z.string()).optional(),
  templateIdSource: z.literal('static'),
  templateId: z.string(),
  typeSource: z.string(),
  type: z.string().optional(),
  gallerySource: z.string(),
  gallery: z.string().optional(),
  locationSource: z.string(),
  passSpecificParams: z.boolean().optional(),
  templateParameters: z.array(templateParameter).optional(),
  viewerMode: z.boolean().optional(),
});

const formatOptions = strict({
  min: z.number().optional(),
  max: z.number().optional(),
  palette: z.string().optional(),
  customColumnWidthSetting: z.string().optional(),
  thresholdsOptions: z.enum(['icons', 'colors']).optional(),
  thresholdsGrid: z.array(threshold).optional(),
  linkTarget: z.enum(['WorkbookTemplate', 'Url', 'CellDetails', 'GenericDetails']).optional(),
  linkColumn: z.string().optional(),
  linkLabel: z.string().optional(),
  linkIsContextBlade: z.boolean().optional(),
  workbookContext: workbookContext.optional(),
  compositeBarSettings: strict({
    labelText: z.string(),
    columnSettings: z.array(strict({ columnName: z.string(), color: z.string() })),
  }).optional(),
});

export type FormatOptions = z.output<typeof formatOptions>;

/** What a column's cells look like. */
export const formatter = strict({
  columnMatch: z.string(),
  formatter: z.number(),
  formatOptions: formatOptions.optional(),
  numberFormat: numberFormat.optional(),
  dateFormat: strict({ showUtcTime: z.boolean().nullable().optional(), formatName: z.string() }).optional(),
  tooltipFormat: strict({ tooltip: z.string() }).optional(),
});

export type Formatter = z.output<typeof formatter>;

export const gridSettings = strict({
  formatters: z.array(formatter).optional(),
  rowLimit: z.number().int().min(1).max(10_000).optional(),
  filter: z.boolean().optional(),
  labelSettings: z.array(strict({ columnId: z.string(), label: z.string().optional() })).optional(),
  /** 1 ascending, 2 descending. */
  sortBy: z.array(strict({ itemKey: z.string(), sortOrder: z.union([z.literal(1), z.literal(2)]) })).optional(),
});

const tilePart = formatter.omit({ tooltipFormat: true });

export const tileSettings = strict({
  titleContent: tilePart.optional(),
  subtitleContent: tilePart.optional(),
  leftContent: tilePart.optional(),
  rightContent: tilePart.optional(),
  secondaryContent: tilePart.optional(),
  showBorder: z.boolean().optional(),
  size: z.string().optional(),
  sortCriteriaField: z.string().optional(),
  sortOrderField: z.union([z.literal(1), z.literal(2)]).optional(),
});
