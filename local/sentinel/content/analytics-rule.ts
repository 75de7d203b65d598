import { z } from 'zod';
import { durationMs } from './duration.ts';
import { entityIdentifiers } from './entity-identifiers.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

const duration = z.string().transform((text, context) => {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  context.addIssue(`${text} is no duration such as 30m, 5h or 1d`);
  return z.NEVER;
});

/** Of a query: as short and as long as Sentinel lets it be. */
const queryDuration = duration.refine(
  (ms) => ms >= 5 * minuteMs && ms <= 14 * dayMs,
  'is not between 5 minutes and 14 days',
);

export const severities = ['Informational', 'Low', 'Medium', 'High'] as const;
/** How grave an alert is, from the least on. */
export type Severity = (typeof severities)[number];

/** The severity of that name, undefined for other text; Sentinel then takes the rule's. */
export function severityOf(text: string): Severity | undefined {
  return severities.find((severity) => severity === text);
}

const tactics = [
  'Reconnaissance',
  'ResourceDevelopment',
  'InitialAccess',
  'Execution',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
  'PreAttack',
  'ImpairProcessControl',
  'InhibitResponseFunction',
] as const;

const columnName = z.string().regex(/^[a-zA-Z_]\w{0,499}$/, 'is no column name');
const ascii = z.string().regex(/^[\x20-\x7e\n]*$/, 'has other characters than ASCII');

const entityMapping = z
  .strictObject({
    entityType: z.string(),
    fieldMappings: z
      .array(z.strictObject({ identifier: z.string(), columnName }))
      .min(1)
      .max(3),
  })
  .superRefine(({ entityType, fieldMappings }, context) => {
    const known = Object.hasOwn(entityIdentifiers, entityType) ? entityIdentifiers[entityType] : undefined;
    if (!known) context.addIssue(`${entityType} is no entity type`);
    const unknown = fieldMappings.filter(({ identifier }) => known?.includes(identifier) === false);
    for (const { identifier } of unknown) context.addIssue(`${entityType} has no identifier ${identifier}`);
  });

/** A text with at most three columns in it, as `{{column}}`. */
const withColumns = (characters: number) =>
  ascii
    .max(characters)
    .refine((text) => placeholdersOf(text).length <= 3, 'has more than three columns')
    .refine((text) => !/\{\{|\}\}/.test(text.replaceAll(placeholder, '')), 'has braces that name no column');

const placeholder = /\{\{(\w+)\}\}/g;

/** The columns that a text names as `{{column}}`. */
export function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

const alertDetailsOverride = z.strictObject({
  alertDisplayNameFormat: withColumns(256).optional(),
  alertDescriptionFormat: withColumns(5000).optional(),
  alertSeverityColumnName: columnName.optional(),
  alertTacticsColumnName: columnName.optional(),
  alertDynamicProperties: z.array(z.strictObject({ alertProperty: z.string(), value: columnName })).optional(),
});

const groupingConfiguration = z.strictObject({
  enabled: z.boolean(),
  reopenClosedIncident: z.boolean(),
  lookbackDuration: duration.refine(
    (ms) => ms >= 5 * minuteMs && ms <= 7 * dayMs,
    'is not between 5 minutes and 7 days',
  ),
  matchingMethod: z.enum(['AllEntities', 'AnyAlert', 'Selected']),
  groupByEntities: z.array(z.string()).default([]),
  groupByAlertDetails: z.array(z.enum(['DisplayName', 'Severity'])).default([]),
  groupByCustomDetails: z.array(z.string()).default([]),
});

/** A scheduled rule in the template format of Azure-Sentinel; durations in milliseconds. */
export const analyticsRule = z
  .strictObject({
    id: z.guid(),
    name: ascii.min(1).max(256),
    description: ascii.min(1).max(254),
    severity: z.enum(severities),
    status: z.literal('Available'),
    enabled: z.boolean().default(true),
    requiredDataConnectors: z
      .array(z.strictObject({ connectorId: z.string(), dataTypes: z.array(z.string()).min(1) }))
      .min(1),
    queryFrequency: queryDuration,
    queryPeriod: queryDuration,
    triggerOperator: z.enum(['gt', 'lt', 'eq', 'ne']),
    triggerThreshold: z.int().min(0).max(10_000),
    tactics: z.array(z.enum(tactics)).min(1),
    relevantTechniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)).min(1),
    query: ascii.min(1).max(10_000),
    entityMappings: z.array(entityMapping).min(1).max(10),
    customDetails: z
      .record(z.string().regex(/^[a-zA-Z]\w{0,19}$/, 'is no key of at most 20 letters and digits'), columnName)
      .refine((details) => Object.keys(details).length <= 20, 'has more than 20 keys')
      .default({}),
    eventGroupingSettings: z
      .strictObject({ aggregationKind: z.enum(['SingleAlert', 'AlertPerResult']) })
      .default({ aggregationKind: 'SingleAlert' }),
    alertDetailsOverride: alertDetailsOverride.default({}),
    incidentConfiguration: z
      .strictObject({ createIncident: z.boolean(), groupingConfiguration: groupingConfiguration.optional() })
      .default({ createIncident: true }),
    suppressionDuration: duration
      .refine((ms) => ms >= 5 * minuteMs && ms <= dayMs, 'is not between 5 minutes and a day')
      .default(5 * 60 * minuteMs),
    suppressionEnabled: z.boolean().default(false),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    kind: z.literal('Scheduled'),
  })
  .superRefine(({ queryFrequency, queryPeriod }, context) => {
    if (queryPeriod < queryFrequency) context.addIssue('looks back on less than it runs at');
    // https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview
    if (queryPeriod >= 2 * dayMs && queryFrequency < 60 * minuteMs)
      context.addIssue('looks back on two days or more, so it may run once an hour at most');
  });

export type AnalyticsRule = z.output<typeof analyticsRule>;
export type GroupingConfiguration = z.output<typeof groupingConfiguration>;
