import * as z from 'zod';
import type { Json } from '../../../functions/tables/json.ts';
import { gridSettings, numberFormat, tileSettings } from './schema-cells.ts';

// https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json; only what is named here is known.
const strict = z.strictObject;
/** What was parsed as JSON and is read later. */
const json = z.custom<Json>(() => true);

/** Shown only when a parameter has a value, or has not. */
export const condition = strict({
  parameterName: z.string(),
  comparison: z.enum(['isEqualTo', 'isNotEqualTo']),
  value: z.string().optional(),
});

const common = {
  name: z.string(),
  customWidth: z.string().regex(/^\d+$/).optional(),
  conditionalVisibility: condition.optional(),
  conditionalVisibilities: z.array(condition).optional(),
  styleSettings: strict({
    maxWidth: z.string().optional(),
    margin: z.string().optional(),
    padding: z.string().optional(),
    showBorder: z.boolean().optional(),
  }).optional(),
  showPin: z.boolean().optional(),
};

const logs = { queryType: z.literal(0), resourceType: z.literal('microsoft.operationalinsights/workspaces') };

export const textItem = strict({
  type: z.literal(1),
  ...common,
  content: strict({
    json: z.string(),
    style: z.enum(['info', 'warning', 'error', 'success', 'upsell']).optional(),
  }),
});

const range = strict({ durationMs: z.number() });

export const parameter = strict({
  id: z.string(),
  version: z.literal('KqlParameterItem/1.0'),
  name: z.string().regex(/^\w+$/),
  label: z.string().optional(),
  description: z.string().optional(),
  /** 1 text, 2 drop-down, 4 time range, 10 options group. */
  type: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(10)]),
  isRequired: z.boolean().optional(),
  isGlobal: z.boolean().optional(),
  isHiddenWhenLocked: z.boolean().optional(),
  multiSelect: z.boolean().optional(),
  quote: z.string().optional(),
  delimiter: z.string().optional(),
  query: z.string().optional(),
  jsonData: z.string().optional(),
  queryType: z.literal(0).optional(),
  resourceType: logs.resourceType.optional(),
  value: z.union([z.string(), z.array(z.string()), range, z.null()]).optional(),
  defaultValue: z.string().optional(),
  typeSettings: strict({
    additionalResourceOptions: z.array(z.string()).optional(),
    showDefault: z.boolean().optional(),
    selectAllValue: z.string().optional(),
    includeAll: z.boolean().optional(),
    selectableValues: z.array(range).optional(),
    allowCustom: z.boolean().optional(),
  }).optional(),
});

export const parametersItem = strict({
  type: z.literal(9),
  ...common,
  content: strict({
    version: z.literal('KqlParameterItem/1.0'),
    parameters: z.array(parameter),
    style: z.enum(['pills', 'above', 'formHorizontal', 'formVertical']).optional(),
    queryType: z.literal(0).optional(),
    resourceType: logs.resourceType.optional(),
  }),
});

export const link = strict({
  id: z.string(),
  linkTarget: z.enum(['parameter', 'Url']),
  /** The parameter that is set, or the address that is opened. */
  cellValue: z.string(),
  linkLabel: z.string(),
  /** What the parameter is set to. */
  subTarget: z.string().optional(),
  preText: z.string().optional(),
  postText: z.string().optional(),
  style: z.enum(['link', 'primary', 'secondary']).optional(),
});

export const linksItem = strict({
  type: z.literal(11),
  ...common,
  content: strict({
    version: z.literal('LinkItem/1.0'),
    style: z.enum(['tabs', 'paragraph', 'nav', 'list', 'toolbar', 'bullets']),
    links: z.array(link),
  }),
});

const exported = strict({
  fieldName: z.string().optional(),
  parameterName: z.string(),
  parameterType: z.literal(1).optional(),
  defaultValue: z.string().optional(),
  quote: z.string().optional(),
  delimiter: z.string().optional(),
});

const axisSettings = strict({
  label: z.string().optional(),
  unit: z.number().optional(),
  min: z.number().nullable().optional(),
  max: z.number().nullable().optional(),
  numberFormatSettings: numberFormat.optional(),
});

const chartSettings = strict({
  xAxis: z.string().optional(),
  yAxis: z.array(z.string()).optional(),
  group: z.string().optional(),
  createOtherGroup: z.number().optional(),
  showLegend: z.boolean().optional(),
  showMetrics: z.boolean().optional(),
  xSettings: axisSettings.optional(),
  ySettings: axisSettings.optional(),
  seriesLabelSettings: z
    .array(strict({ seriesName: z.string(), label: z.string().optional(), color: z.string().optional() }))
    .optional(),
  customThresholdLine: z.string().optional(),
  customThresholdLineStyle: z.number().optional(),
});

const aggregation = z.enum(['Sum', 'Count', 'Average', 'Max', 'Min']);

const mapSettings = strict({
  locInfo: z.literal('LatLong'),
  latitude: z.string(),
  longitude: z.string(),
  sizeSettings: z.string(),
  sizeAggregation: aggregation,
  minSize: z.number().optional(),
  maxSize: z.number().optional(),
  defaultSize: z.number().optional(),
  labelSettings: z.string(),
  legendMetric: z.string(),
  legendAggregation: aggregation,
  numberOfMetrics: z.number().optional(),
  numberFormatSettings: numberFormat.optional(),
  itemColorSettings: strict({
    nodeColorField: z.string(),
    colorAggregation: aggregation,
    type: z.literal('heatmap'),
    heatmapPalette: z.string(),
  })
    .nullable()
    .optional(),
});

const visualizations = [
  'table',
  'tiles',
  'stat',
  'barchart',
  'unstackedbar',
  'categoricalbar',
  'piechart',
  'linechart',
  'timechart',
  'areachart',
  'map',
] as const;

export const queryItem = strict({
  type: z.literal(3),
  ...common,
  content: strict({
    version: z.literal('KqlItem/1.0'),
    query: z.string(),
    size: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    ...logs,
    title: z.string(),
    noDataMessage: z.string().optional(),
    /** 1 info, 2 error, 3 success, 4 upsell, 5 warning. */
    noDataMessageStyle: z.number().min(1).max(5).optional(),
    showAnalytics: z.boolean().optional(),
    showRefreshButton: z.boolean().optional(),
    showExportToExcel: z.boolean().optional(),
    visualization: z.enum(visualizations).default('table'),
    exportFieldName: z.string().optional(),
    exportParameterName: z.string().optional(),
    exportDefaultValue: z.string().optional(),
    exportedParameters: z.array(exported).optional(),
    gridSettings: gridSettings.optional(),
    tileSettings: tileSettings.optional(),
    chartSettings: chartSettings.optional(),
    mapSettings: mapSettings.optional(),
    statSettings: strict({ valueField: z.string(), numberFormat: numberFormat.optional() }).optional(),
    sortBy: gridSettings.shape.sortBy,
    timeContext: range.optional(),
    timeContextFromParameter: z.string().optional(),
  }),
});

const groupContent = {
  version: z.literal('NotebookGroup/1.0'),
  groupType: z.literal('editable'),
  title: z.string().optional(),
  loadType: z.enum(['always', 'lazy', 'explicit']).optional(),
  exportParameters: z.boolean().optional(),
};

/** A group whose items are read one by one. */
export const groupItem = strict({
  type: z.literal(12),
  ...common,
  content: strict({ ...groupContent, items: z.array(json) }),
});

export const notebook = strict({
  version: z.literal('Notebook/1.0'),
  items: z.array(json),
  fromTemplateId: z.string().optional(),
  fallbackResourceIds: z.array(z.string()).optional(),
  $schema: z.string().optional(),
});
