import * as z from 'zod';
import { type Json, isJsonObject } from '../../functions/tables/json.ts';
import { tables } from '../../functions/tables/index.ts';
import { functionNames, ourRules } from '../deploy/content-names.ts';
import type { Place } from '../deploy/place.ts';
import type { World } from '../deploy/world.ts';

/** An analytics rule of the workspace, with the body that it is written back with. */
export interface FoundRule {
  readonly id: string;
  readonly title: string;
  readonly isEnabled: boolean;
  readonly template: string | undefined;
  readonly lookBackMs: number | undefined;
  readonly body: Readonly<Record<string, Json>>;
}

/** The rules that an upgrade concerns. */
export interface RulesPlan {
  /** Enabled rules made from our templates, each with the rule of ours that takes its place if it is there. */
  readonly replaced: readonly { readonly old: FoundRule; readonly ours: FoundRule | undefined }[];
  /** The customer's own enabled rules that query our tables or functions. */
  readonly own: readonly FoundRule[];
}

const rule = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  etag: z.string().optional(),
  properties: z.record(z.string(), z.json()),
});
const apiVersion = '2025-09-01';
const shortMs = 2 * 3_600_000;

/** Finds every enabled rule that was made from our templates or queries our tables. */
export async function findRules({ workspace }: Place, arm: World['arm']): Promise<RulesPlan> {
  const path = `${workspace.id}/providers/Microsoft.SecurityInsights/alertRules`;
  const found = (await arm.list(path, apiVersion, rule)).map(foundRule);
  const ids = new Set(ourRules().map(({ id }) => id));
  const isOurs = ({ id }: FoundRule) => ids.has(id.split('/').at(-1) ?? '');
  const theirs = found.filter((each) => each.isEnabled && !isOurs(each));
  const isFromTemplate = ({ template }: FoundRule) => template !== undefined && ids.has(template);
  return {
    replaced: theirs
      .filter(isFromTemplate)
      .map((old) => ({ old, ours: found.find((each) => isOurs(each) && each.id.endsWith(`/${old.template}`)) })),
    own: theirs.filter((each) => !isFromTemplate(each) && queriesOurs(each)),
  };
}

/** Lines about the customer's own rules; those that look back under two hours would miss what arrives late. */
export function ownRuleLines({ own }: RulesPlan): readonly string[] {
  return own.map(({ title, lookBackMs }) => {
    if (lookBackMs === undefined || lookBackMs >= shortMs)
      return `Your rule "${title}" queries our tables; it goes on as it is.`;
    return (
      `Your rule "${title}" looks back ${lookBackMs / 60_000} minutes. TimeGenerated is the event's own time now, so what arrives later is missed: ` +
      'look back two hours or more and filter on ingestion_time(), or IngestionTime of our functions.'
    );
  });
}

/** Switches the old rules off and ours on. What a person changed in an old one stays in it. */
export async function replaceRules({ replaced }: RulesPlan, { arm, terminal }: World): Promise<void> {
  for (const { old, ours } of replaced) {
    if (!ours) {
      terminal.say(`"${old.title}" stays on: ours is not installed. Run npm run deploy, then npm run upgrade again.`);
      continue;
    }
    await arm.put(ours.id, apiVersion, switched(ours, true));
    await arm.put(old.id, apiVersion, switched(old, false));
    terminal.say(`"${old.title}" is switched off, ours is on.`);
  }
}

function foundRule({ id, kind, etag, properties }: z.infer<typeof rule>): FoundRule {
  const text = (name: string) => {
    const value = properties[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    id,
    title: text('displayName') ?? id,
    isEnabled: properties['enabled'] === true,
    template: text('alertRuleTemplateName'),
    lookBackMs: durationMs(text('queryPeriod')),
    body: { kind, ...(etag !== undefined && { etag }), properties },
  };
}

function switched({ body }: FoundRule, enabled: boolean): Readonly<Record<string, Json>> {
  const { properties } = body;
  return { ...body, properties: { ...(isJsonObject(properties) && properties), enabled } };
}

function queriesOurs({ body: { properties } }: FoundRule): boolean {
  const query = isJsonObject(properties) ? properties['query'] : undefined;
  if (typeof query !== 'string') return false;
  const words = new Set(query.match(/\w+/g));
  return [...tables.map(({ name }) => name), ...functionNames()].some((name) => words.has(name));
}

/** An ISO 8601 duration of days, hours and minutes in milliseconds. */
function durationMs(text: string | undefined): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, days = 0, hours = 0, minutes = 0] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}
