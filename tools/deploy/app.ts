import * as z from 'zod';
import type { Az } from '../azure-cli/az.ts';
import { isMissing } from '../azure-cli/resource-manager.ts';
import type { ResourceManager } from '../azure-cli/resource-manager.ts';

/** App settings by name; some may be secrets. */
export type AppSettings = Readonly<Record<string, string>>;

/** A function app. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly kind: string;
  readonly tags: Readonly<Record<string, string>>;
}

const site = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string().default(''),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({ state: z.string().default('Running') }),
});
const settings = z.array(z.object({ name: z.string(), value: z.string().nullish() }));
const sitesVersion = '2025-03-01';

/** The function apps of a resource group. @param groupId its path */
export async function listApps(groupId: string, arm: ResourceManager): Promise<readonly App[]> {
  const sites = await arm.list(`${groupId}/providers/Microsoft.Web/sites`, sitesVersion, site);
  return sites
    .filter(({ kind }) => kind.includes('functionapp'))
    .map(({ id, name, kind, tags, properties }) => ({ id, name, kind, state: properties.state, tags: tags ?? {} }));
}

/** The settings of an app; undefined when it is not there. They may hold secrets, so they are never shown. */
export async function readAppSettings(group: string, app: string, az: Az): Promise<AppSettings | undefined> {
  try {
    const read = await az('functionapp config appsettings list', { 'resource-group': group, name: app });
    return Object.fromEntries(settings.parse(read).map(({ name, value }) => [name, value ?? '']));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
