import type * as z from 'zod';
import { isJsonObject, type Json } from '../../../functions/tables/json.ts';

type Issue = z.core.$ZodIssue;

/**
 * Reads JSON by a strict schema. Fields that the schema does not know are left out, each with a notice; undefined, with
 * notices too, when the rest does not fit either.
 */
export function readKnown<T>(schema: z.ZodType<T>, json: Json, what: string, notices: string[]): T | undefined {
  const first = schema.safeParse(json);
  if (first.success) return first.data;
  notices.push(...first.error.issues.map((issue) => `${what}: ${said(issue)}`));
  const unknown = first.error.issues.filter(({ code }) => code === 'unrecognized_keys');
  return schema.safeParse(unknown.reduce(withoutKeys, json)).data;
}

function said(issue: Issue): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${[path, issue.keys.join(', ')].filter(Boolean).join('.')} is not known`;
  return `${path}: ${issue.message}`;
}

function withoutKeys(json: Json, issue: Issue): Json {
  return issue.code === 'unrecognized_keys' ? without(json, issue.path, issue.keys) : json;
}

function without(json: Json, [first, ...rest]: readonly PropertyKey[], keys: readonly string[]): Json {
  if (Array.isArray(json)) {
    const items: readonly Json[] = json;
    return items.map((item, index) => (index === first ? without(item, rest, keys) : item));
  }
  if (!isJsonObject(json)) return json;
  const entries = Object.entries(json);
  if (first === undefined) return Object.fromEntries(entries.filter(([key]) => !keys.includes(key)));
  return Object.fromEntries(entries.map(([key, inner]) => [key, key === first ? without(inner, rest, keys) : inner]));
}
