import { onTestFinished } from 'vitest';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../functions/tables/json.ts';
import { startTenant, type Tenant, type TenantOptions } from '../../../local/mimecast/tenant.ts';

/** A tenant with a clock that only a test moves; it ends with the test. */
export async function stage(options: TenantOptions = {}): Promise<{ tenant: Tenant; clock: { time: number } }> {
  const clock = { time: Date.parse('2026-11-20T12:00:00Z') };
  const tenant = await startTenant({ clock: { now: () => clock.time }, ...options });
  onTestFinished(() => tenant.close());
  return { tenant, clock };
}

/** What a reply says: its status, headers, text and, if it is JSON, its value. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json | undefined;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json' && isWhole(text);
  return { status: response.status, headers: response.headers, text, json: isJson ? parseJson(text) : undefined };
}

export async function askForToken(
  tenant: Tenant,
  id = tenant.clientId,
  secret = tenant.clientSecret,
  signal?: AbortSignal,
): Promise<Answer> {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  const request = { method: 'POST', body: new URLSearchParams(form), signal: signal ?? null };
  return answerOf(await fetch(`${tenant.origin}/oauth/token`, request));
}

/** A token, or no text when none was given. */
export async function tokenOf(tenant: Tenant): Promise<string> {
  return textAt((await askForToken(tenant)).json, 'access_token');
}

/** Asks for one page of a batch listing. */
export async function list(
  tenant: Tenant,
  token: string,
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Answer> {
  const asked = new URLSearchParams({ type: 'receipt,process', ...query });
  const headers = { authorization: `Bearer ${token}` };
  return answerOf(
    await fetch(`${tenant.origin}/siem/v1/batch/events/cg?${asked.toString()}`, { headers, signal: signal ?? null }),
  );
}

/** Asks a legacy endpoint for one page. */
export async function post(
  tenant: Tenant,
  token: string,
  path: string,
  body: JsonObject,
  signal?: AbortSignal,
): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null };
  return answerOf(await fetch(`${tenant.origin}${path}`, request));
}

/** A legacy request: what is asked, how many rows a page, and the token of the page before. */
export function asking(query: JsonObject, pageSize = 500, pageToken: Json | undefined = ''): JsonObject {
  return { meta: { pagination: { pageSize, pageToken } }, data: [query] };
}

/** The value at a path inside JSON; undefined when there is none. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => {
    if (typeof key === 'number') return Array.isArray(inner) ? inner[key] : undefined;
    return isJsonObject(inner) ? inner[key] : undefined;
  }, value);
}

/** The text at a path inside JSON, empty when there is none. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The list at a path inside JSON, `[]` when there is none. */
export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function isWhole(text: string): boolean {
  try {
    return parseJson(text) !== undefined;
  } catch {
    return false;
  }
}
