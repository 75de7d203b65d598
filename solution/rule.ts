import { parse } from 'yaml';
import { z } from 'zod';
import type { JsonObject } from '../functions/tables/json.ts';

const list = z.array(z.json()).optional();
const object = z.record(z.string(), z.json());

/** What the package reads of an analytics rule; whether its values are right, the rules' own tests say. */
const ruleSchema = z.object({
  id: z.guid(),
  name: z.string().min(1),
  description: z.string().min(1),
  severity: z.enum(['Informational', 'Low', 'Medium', 'High']),
  status: z.string().default('Available'),
  requiredDataConnectors: z.array(z.object({ connectorId: z.string(), dataTypes: z.array(z.string()).min(1) })).min(1),
  queryFrequency: z.string(),
  queryPeriod: z.string(),
  triggerOperator: z.string(),
  triggerThreshold: z.number().int(),
  tactics: z.array(z.string()).optional(),
  relevantTechniques: z.array(z.string()).optional(),
  query: z.string().min(1),
  entityMappings: list,
  eventGroupingSettings: object.optional(),
  customDetails: object.optional(),
  alertDetailsOverride: object.optional(),
  incidentConfiguration: object.optional(),
  suppressionDuration: z.string().optional(),
  suppressionEnabled: z.boolean().default(false),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  kind: z.literal('Scheduled'),
});

/** An analytics rule: its parts, its text, and where it stands below `Analytic Rules/`. */
export interface Rule extends Omit<z.infer<typeof ruleSchema>, 'description'> {
  readonly description: string;
  readonly text: string;
  readonly path: string;
  readonly place: number;
}

/** GUID and file of the rules that solution 3.1 has, in its order. */
const published: readonly (readonly [id: string, path: string])[] = [
  ['617a55be-a8d8-49c1-8687-d19a0231056f', 'MimecastTTP/Mimecast_TTP_Attachment.yaml'],
  ['c048fa06-0d50-4626-ae82-a6cea812d9c4', 'MimecastTTP/Mimecast_TTP_Impersonation.yaml'],
  ['952faed4-c6a6-4873-aeb9-b348e9ce5aba', 'MimecastTTP/Mimecast_TTP_Url.yaml'],
  ['f00197ab-491f-41e7-9e22-a7003a4c1e54', 'MimecastAudit/Mimecast_Audit.yaml'],
  ['72bd7b0c-493c-4fa5-8a95-7f6376b6cfb2', 'MimecastSEG/MimecastCG_Attachment.yaml'],
  ['33bf0cc9-e568-42bf-9571-c22adf7be66d', 'MimecastSEG/MimecastCG_AV.yaml'],
  ['2ef77cef-439f-4d94-848f-3eca67510d2f', 'MimecastSEG/MimecastCG_Impersonation.yaml'],
  ['d3bd7640-3600-49f9-8d10-6fe312e68b4f', 'MimecastSEG/MimecastCG_Internal_Mail_Protect.yaml'],
  ['0cda82c8-e8f0-4117-896e-a10f1b43e64a', 'MimecastSEG/MimecastCG_Spam_Event.yaml'],
  ['80f244cd-b0d6-404e-9aed-37f7a66eda9f', 'MimecastSEG/MimecastCG_Url_Protect.yaml'],
  ['d78d7352-fa5a-47d4-b48f-cb2c3252c0eb', 'MimecastSEG/MimecastCG_Virus.yaml'],
  ['8e52bcf1-4f50-4c39-8678-d9efad64e379', 'MimecastSEG/MimecastDLP_hold.yaml'],
  ['cfd67598-ad0d-430a-a793-027eb4dbe967', 'MimecastSEG/MimecastDLP_Notifications.yaml'],
];

const folders = new Map([
  ['MimecastSEGAPI', 'MimecastSEG'],
  ['MimecastTTPAPI', 'MimecastTTP'],
  ['MimecastAuditAPI', 'MimecastAudit'],
  ['MimecastCIAPI', 'MimecastCloudIntegrated'],
  ['MimecastATAPI', 'MimecastAT'],
]);

/** Reads a rule. @param name its file's name, without its ending @throws Error that says what is wrong */
export function ruleOf(name: string, text: string): Rule {
  const read = ruleSchema.safeParse(parse(text));
  if (!read.success) throw new Error(z.prettifyError(read.error));
  const rule = read.data;
  const place = published.findIndex(([id]) => id === rule.id);
  const folder = folders.get(rule.requiredDataConnectors[0]?.connectorId ?? '') ?? 'Mimecast';
  const [, path = `${folder}/${name}.yaml`] = published[place] ?? [];
  return { ...rule, description: rule.description.trim(), text, path, place: place < 0 ? published.length : place };
}

const operators = new Map([
  ['gt', 'GreaterThan'],
  ['lt', 'LessThan'],
  ['eq', 'Equal'],
  ['ne', 'NotEqual'],
]);

/** What the template of a rule says: words and durations as Azure spells them. @throws Error for a duration or operator that it has not */
export function ruleProperties(rule: Rule): JsonObject {
  const triggerOperator = operators.get(rule.triggerOperator);
  if (triggerOperator === undefined) throw new Error(`${rule.name}: triggerOperator ${rule.triggerOperator}`);
  const optional = {
    tactics: rule.tactics,
    techniques: unique(rule.relevantTechniques?.map((technique) => technique.replace(/\..*/, ''))),
    subTechniques: unique(rule.relevantTechniques?.filter((technique) => technique.includes('.'))),
    entityMappings: rule.entityMappings,
    eventGroupingSettings: rule.eventGroupingSettings,
    customDetails: rule.customDetails,
    alertDetailsOverride: rule.alertDetailsOverride,
    incidentConfiguration: rule.incidentConfiguration,
  };
  return {
    description: rule.description,
    displayName: rule.name,
    enabled: false,
    query: rule.query,
    queryFrequency: isoDuration(rule.queryFrequency),
    queryPeriod: isoDuration(rule.queryPeriod),
    severity: rule.severity,
    suppressionDuration: isoDuration(rule.suppressionDuration ?? '1h'),
    suppressionEnabled: rule.suppressionEnabled,
    triggerOperator,
    triggerThreshold: rule.triggerThreshold,
    status: rule.status,
    requiredDataConnectors: rule.requiredDataConnectors,
    ...present(optional),
  };
}

/** `30m` as `PT30M`, `14d` as `P14D`; what is ISO already stays. @throws Error for anything else */
function isoDuration(text: string): string {
  if (/^P(\d+D|T\d+[HM])$/.test(text)) return text;
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`the duration ${text}`);
  return unit === 'd' ? `P${count}D` : `PT${count}${unit.toUpperCase()}`;
}

function unique(values: readonly string[] | undefined): string[] | undefined {
  return values && values.length > 0 ? [...new Set(values)] : undefined;
}

function present(fields: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  const there: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) there[name] = value;
  return there;
}
