import type { JsonObject } from '../../functions/tables/json.ts';
import type { AppSettings } from './app.ts';
import { blobsOf } from './blobs.ts';
import { type Item, readContent } from './content.ts';
import { type Credentials } from './credentials.ts';
import { foreignFunctions } from './functions-owned.ts';
import { type Installation, findInstallation } from './installation.ts';
import { type InstalledTable, type TablesPlan, planTables, readTables } from './installed-tables.ts';
import type { OneWay } from './one-way.ts';
import { pausedSettings } from './paused.ts';
import { type Parameters, lastParameters, settingsAsParameters } from './parameters.ts';
import { type Place, findPlace } from './place.ts';
import { type Receipt, isUntouched, readReceipt } from './receipt.ts';
import type { Content, DeployRequest } from './request.ts';
import { storageName } from './upload.ts';
import type { World } from './world.ts';

/** Where things stand, as far as reading Azure's resources tells. */
export interface Situation {
  readonly place: Place;
  /** The connector as it is, undefined where there is none yet. */
  readonly before: Installation | undefined;
  readonly content: Content;
  readonly tables: TablesPlan;
  readonly found: readonly InstalledTable[];
  /** What the last deployment was told, what was set in the app since, and what is given now. */
  readonly parameters: Parameters;
}

/** All that a deployment needs to know before it changes anything. */
export interface Plan extends Situation {
  readonly receipt: Receipt;
  /** Keys of the content that stays as it is, and lines that say why, for what stays only since it was changed. */
  readonly kept: readonly string[];
  readonly keptLines: readonly string[];
  readonly oneWay: OneWay;
}

/** Reads what is there and what is wanted; changes nothing. @throws Stop when the place is not there */
export async function readSituation(request: DeployRequest, world: World): Promise<Situation> {
  const { az, arm } = world;
  const place = await findPlace(request.names, az, arm);
  const before = await findInstallation(place, world, request.name);
  const told = await lastParameters(place, request.name, arm);
  const parameters = { ...told, ...(before && settingsAsParameters(before.settings)), ...request.given };
  const content = request.content ?? (parameters['content'] === 'none' ? 'none' : 'missing');
  const found = await readTables(place.workspace.id, arm);
  return { place, before, content, tables: planTables(found), found, parameters };
}

/** Adds what is to become of the content; reading the receipt takes a right to blobs. */
export async function planContent(situation: Situation, { az, arm }: World): Promise<Plan> {
  const { place, before, content, tables } = situation;
  const receipt = before ? await readReceipt(blobsOf(storageName(before), az)) : {};
  const kept = keptContent(content, await readContent(place, arm), receipt);
  const functions = content === 'none' ? [] : await foreignFunctions(place, arm);
  return { ...situation, ...kept, receipt, oneWay: { classicTables: tables.classic, functions } };
}

/**
 * What stays: with `missing` all that is there, with `overwrite` what a person changed, and watchlists always. Health
 * alerts name the connectors that are on, so they are written anew as long as nobody has changed them.
 */
function keptContent(content: Content, items: readonly Item[], receipt: Receipt): Pick<Plan, 'kept' | 'keptLines'> {
  const isWritten = ({ key }: Item) =>
    key.startsWith('scheduledQueryRules/') || (content === 'overwrite' && !key.startsWith('watchlists/'));
  const stays = (item: Item) => !isWritten(item) || !isUntouched(item, receipt);
  const changed = items.filter((item) => isWritten(item) && stays(item) && receipt[item.key] !== undefined);
  return {
    kept: items.filter(stays).map(({ key }) => key),
    keptLines: changed.map(({ title, key }) => `"${title}" (${key}) stays as it is: somebody has changed it.`),
  };
}

/** The parameters of the template. @param credentials empty texts leave the vault alone */
export function templateParameters(plan: Plan, request: DeployRequest, credentials: Credentials): Parameters {
  const { place, before, content, found, kept, parameters } = plan;
  return {
    ...parameters,
    ...credentials,
    workspaceId: place.workspace.id,
    // The template would overwrite what a person changed; it is told what stays instead.
    content: content === 'none' ? 'none' : 'missing',
    existingContent: kept,
    existingTables: tablesAsJson(found),
    installedSettings: settingsToKeep(before?.settings, request.isPaused),
  };
}

function tablesAsJson(found: readonly InstalledTable[]): JsonObject {
  return Object.fromEntries(
    found.map(
      ({ name, columns }) => [name, columns.map((column) => ({ name: column.name, type: column.type }))] as const,
    ),
  );
}

function settingsToKeep(settings: AppSettings = {}, isPaused: boolean): JsonObject {
  return isPaused ? { ...settings, ...pausedSettings() } : settings;
}
