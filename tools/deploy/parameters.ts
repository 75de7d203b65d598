import * as z from 'zod';
import { type JsonObject } from '../../functions/tables/json.ts';
import type { AppSettings } from './app.ts';
import type { Place } from './place.ts';
import type { World } from './world.ts';

/** What a template is given: parameters by name. */
export type Parameters = JsonObject;

const values = z.record(z.string(), z.object({ type: z.string(), value: z.json().optional() }));
const deployment = z.object({ properties: z.object({ parameters: values.nullish() }) });

// These are for one deployment each. What a table was told once must not come back over what a person changed since.
const notKept = new Set([
  'existingTables',
  'existingContent',
  'deployedAt',
  'packageUrl',
  'recoverVault',
  'workspaceId',
  'enableRules',
  'retentionDays',
  'totalRetentionDays',
  'basicTables',
]);

/** What a deployment of the connector is called in its resource group. */
export function deploymentName(name: string): string {
  return `mimecast-connector-${name}`;
}

/** The parameters of the last deployment, so that the next one keeps what it was told; none when there was none. */
export async function lastParameters(place: Place, name: string, arm: World['arm']): Promise<Parameters> {
  const id = `${place.group.id}/providers/Microsoft.Resources/deployments/${deploymentName(name)}`;
  const found = await arm.find(id, '2021-04-01', deployment);
  const kept: [string, JsonObject[string]][] = [];
  for (const [key, { type, value }] of Object.entries(found?.properties.parameters ?? {})) {
    if (value !== undefined && !type.startsWith('Secure') && !notKept.has(key)) kept.push([key, value]);
  }
  return Object.fromEntries(kept);
}

/** What a person may have changed in the app's settings since, as parameters. */
export function settingsAsParameters(settings: AppSettings): Parameters {
  const connectors = settings['CONNECTORS']?.split(',').map((connector) => connector.trim());
  const schedules = {
    audit: settings['AUDIT_SCHEDULE'],
    seg: settings['SEG_SCHEDULE'],
    ttp: settings['TTP_SCHEDULE'],
    awareness: settings['AWARENESS_SCHEDULE'],
    cloudIntegrated: settings['CLOUD_INTEGRATED_SCHEDULE'],
  };
  return {
    ...present({
      mimecastBaseUrl: settings['MIMECAST_BASE_URL'],
      account: settings['ACCOUNT'],
      startDate: settings['START_DATE'],
    }),
    ...(connectors && { connectors }),
    schedules: present(schedules),
  };
}

function present(texts: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text ? [[name, text] as const] : [])));
}

/** The text of a parameters file for `az deployment`. */
export function parametersFile(parameters: Parameters): string {
  const wrapped = Object.entries(parameters).map(([name, value]) => [name, { value }] as const);
  return JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(wrapped),
  });
}
