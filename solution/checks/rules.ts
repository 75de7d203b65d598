import { z } from 'zod';
import { isoDuration } from '../rule.ts';
import { type Check, faultsIn, yamlFiles } from './check.ts';

// https://github.com/Azure/Azure-Sentinel/tree/master/.script/tests/detectionTemplateSchemaValidation
const schema = z.object({
  id: z.guid(),
  kind: z.enum(['Scheduled', 'NRT']),
  name: z.string().min(1).max(256),
  description: z.string().min(1).max(5000),
  severity: z.enum(['Informational', 'Low', 'Medium', 'High']),
  status: z.string().optional(),
  query: z.string().min(1).max(10_000),
  queryFrequency: z.string(),
  queryPeriod: z.string(),
  triggerOperator: z.enum(['gt', 'lt', 'eq', 'ne']),
  triggerThreshold: z.number().int().min(0).max(10_000),
  version: z
    .string()
    .max(20)
    .regex(/^\d+\.\d+\.\d+$/),
  customDetails: z
    .record(
      z
        .string()
        .max(20)
        .regex(/^[a-zA-Z]+\w*$/),
      z
        .string()
        .max(500)
        .regex(/^[a-zA-Z_]+\w*$/),
    )
    .optional(),
  entityMappings: z
    .array(
      z.object({
        entityType: z.string(),
        fieldMappings: z
          .array(z.object({ identifier: z.string(), columnName: z.string() }))
          .min(1)
          .max(3),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
  tactics: z.array(z.string()).max(5).optional(),
  relevantTechniques: z
    .array(z.string().regex(/^T\d{4}(\.\d{3})?$/))
    .max(10)
    .optional(),
  requiredDataConnectors: z.array(z.object({ connectorId: z.string(), dataTypes: z.array(z.string()).min(1) })).min(1),
});

const minutes = { M: 1, H: 60, D: 1440 } as const;

/** Azure-Sentinel's check `detection-schema`: the limits of a rule, and that no two have one id. */
export const rules: Check = (files) => {
  const read = yamlFiles(files, /\/Analytic Rules\/.*\.yaml$/);
  const ids = read.map(([, rule]) => rule['id']);
  return read.flatMap(([path, rule]) => {
    const parsed = schema.safeParse(rule);
    if (!parsed.success)
      return parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`);
    const twice = ids.filter((id) => id === rule['id']).length > 1;
    return [...(twice ? ['another rule has its id'] : []), ...schedule(parsed.data)].map(
      (fault) => `${path}: ${fault}`,
    );
  });
};

function schedule(rule: z.infer<typeof schema>): readonly string[] {
  const [frequency, period] = [minutesOf(rule.queryFrequency), minutesOf(rule.queryPeriod)];
  const wrong = {
    'queryFrequency is not between 5 minutes and 14 days': !(frequency >= 5 && frequency <= 14 * 1440),
    'queryPeriod is not between 5 minutes and 14 days': !(period >= 5 && period <= 14 * 1440),
    'queryPeriod is shorter than queryFrequency': period < frequency,
    'a period of two days and more needs a frequency of an hour and more': period >= 2 * 1440 && frequency < 60,
  };
  return faultsIn(wrong);
}

function minutesOf(duration: string): number {
  if (!/^\d+[mhd]$/.test(duration)) return Number.NaN;
  const [, count, unit] = /(\d+)([MHD])$/.exec(isoDuration(duration)) ?? [];
  return Number(count) * (unit === 'M' || unit === 'H' || unit === 'D' ? minutes[unit] : Number.NaN);
}
