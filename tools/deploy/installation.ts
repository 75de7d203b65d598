import * as z from 'zod';
import { type AppSettings, listApps, readAppSettings } from './app.ts';
import type { Place } from './place.ts';
import { Stop } from './stop.ts';
import type { World } from './world.ts';

/** A data collection rule of the connector. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly immutableId: string;
}

/** A connector that is deployed, found by the settings of its app. Ids are paths. */
export interface Installation {
  readonly app: { readonly id: string; readonly name: string; readonly state: string; readonly isFlex: boolean };
  readonly settings: AppSettings;
  /** The user-assigned identity that AZURE_CLIENT_ID names. */
  readonly identity: { readonly id: string; readonly principalId: string } | undefined;
  readonly rules: readonly Rule[];
  readonly storageId: string | undefined;
  readonly vaultId: string | undefined;
}

const identities = z.object({
  properties: z.object({ sku: z.string().nullish() }),
  identity: z
    .object({
      userAssignedIdentities: z
        .record(z.string(), z.object({ principalId: z.string(), clientId: z.string() }))
        .nullish(),
    })
    .nullish(),
});
const rule = z.object({ id: z.string(), name: z.string(), properties: z.object({ immutableId: z.string() }) });
const named = z.object({ id: z.string(), name: z.string() });
const destinations = z.array(z.object({ rule: z.string() }));

/** Finds the connector of a resource group by its app's settings; undefined when there is none. @throws Stop when there are several */
export async function findInstallation(
  place: Place,
  { az, arm }: Pick<World, 'az' | 'arm'>,
  name?: string,
): Promise<Installation | undefined> {
  const found: Installation['app'][] = [];
  const settingsOf = new Map<string, AppSettings>();
  for (const { id, name: app, state } of await listApps(place.group.id, arm)) {
    const settings = await readAppSettings(place.group.name, app, az);
    if (!settings || !isOurs(settings, name, app)) continue;
    settingsOf.set(app, settings);
    found.push({ id, name: app, state, isFlex: false });
  }
  const [app] = found;
  if (found.length > 1) {
    throw new Stop(
      `There are several connectors: ${found.map((each) => each.name).join(', ')}. Choose one with --name.`,
    );
  }
  if (!app) return undefined;
  const settings = settingsOf.get(app.name) ?? {};
  const site = await arm.find(app.id, '2025-03-01', identities);
  const assigned = Object.entries(site?.identity?.userAssignedIdentities ?? {});
  const own = assigned.find(([, { clientId }]) => clientId === settings['AZURE_CLIENT_ID']);
  const subscription = `/subscriptions/${place.subscription}`;
  const idOf = async (provider: string, apiVersion: string, wanted: string | undefined) => {
    if (wanted === undefined) return undefined;
    const all = await arm.list(`${subscription}/providers/${provider}`, apiVersion, named);
    return all.find((each) => each.name.toLowerCase() === wanted.toLowerCase())?.id;
  };
  return {
    app: { ...app, isFlex: site?.properties.sku === 'FlexConsumption' },
    settings,
    identity: own && { id: own[0], principalId: own[1].principalId },
    rules: await findRules(settings, place, arm),
    storageId: await idOf('Microsoft.Storage/storageAccounts', '2025-06-01', hostName(settings['CHECKPOINT_STORAGE'])),
    vaultId: await idOf('Microsoft.KeyVault/vaults', '2026-02-01', hostName(settings['KEY_VAULT_URL'])),
  };
}

// An app of ours has these two settings; an app of solution 3.x has neither.
function isOurs(settings: AppSettings, name: string | undefined, app: string): boolean {
  const isConnector = 'LOGS_INGESTION' in settings && 'CHECKPOINT_STORAGE' in settings;
  return isConnector && (name === undefined || new RegExp(`^func-${name}-[a-z0-9]{13}$`).test(app));
}

/** The rules that LOGS_INGESTION names. */
async function findRules(settings: AppSettings, place: Place, arm: World['arm']): Promise<readonly Rule[]> {
  const all = await arm.list(`${place.group.id}/providers/Microsoft.Insights/dataCollectionRules`, '2024-03-11', rule);
  const wanted = new Set(immutableIds(settings['LOGS_INGESTION'] ?? ''));
  return all
    .map(({ id, name, properties }) => ({ id, name, immutableId: properties.immutableId }))
    .filter(({ immutableId }) => wanted.has(immutableId));
}

/** The immutable ids of the rules that LOGS_INGESTION names; none when it cannot be read. */
export function immutableIds(logsIngestion: string): readonly string[] {
  try {
    return destinations.parse(JSON.parse(logsIngestion)).map((destination) => destination.rule);
  } catch {
    return [];
  }
}

/** The first label of a URL's host, the name of the account or vault; undefined when it is no URL. */
export function hostName(url: string | undefined): string | undefined {
  return URL.parse(url ?? '')?.hostname.split('.')[0];
}
