import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AzError } from '../azure-cli/az.ts';
import { withFolder } from '../azure-cli/secret-file.ts';
import { type Package, buildPackage, pack, writePackage } from './package.ts';
import { hostName, type Installation } from './installation.ts';
import type { Place } from './place.ts';
import { Stop } from './stop.ts';
import type { World } from './world.ts';

const container = 'app-package';
const exists = z.object({ exists: z.boolean() });

/**
 * Brings a package into the customer's storage under its hash and lets the app run it: one built now, or an earlier one.
 * @param hash SHA-256 of an earlier package; undefined: build one
 * @returns the hash of what runs
 */
export async function installPackage(
  place: Place,
  installation: Installation,
  hash: string | undefined,
  world: World,
): Promise<string> {
  const storage = storageOf(installation);
  return withFolder(async (folder) => {
    const packed = hash === undefined ? await buildPackage(folder) : await download(storage, hash, folder, world);
    const path = await writePackage(packed, folder);
    if (hash === undefined) await upload(storage, packed, path, world);
    world.terminal.say(
      `Package ${packed.sha256} is in ${storage}/${container}. To go back to it: --package ${packed.sha256}`,
    );
    await run(place, installation, { storage, sha256: packed.sha256, path }, world);
    return packed.sha256;
  });
}

function storageOf({ settings }: Installation): string {
  const storage = hostName(settings['CHECKPOINT_STORAGE']);
  if (storage === undefined) throw new Stop('CHECKPOINT_STORAGE of the app is no URL of a storage account.');
  return storage;
}

const blobOf = (sha256: string) => `packages/${sha256}.zip`;

function explained(error: unknown, storage: string): unknown {
  if (!(error instanceof AzError)) return error;
  const advice =
    'The signed-in person needs Storage Blob Data Contributor on it (a new role takes some minutes), and a way through its firewall.';
  return new Stop(
    `The storage account ${storage} refused the package (${error.code}). ${advice} Then run npm run deploy again.`,
  );
}

function blobAt(storage: string, sha256: string) {
  return { 'account-name': storage, 'container-name': container, name: blobOf(sha256), 'auth-mode': 'login' } as const;
}

async function upload(storage: string, { sha256 }: Package, path: string, { az }: World): Promise<void> {
  const at = blobAt(storage, sha256);
  try {
    if (exists.parse(await az('storage blob exists', at)).exists) return;
    await az('storage blob upload', { ...at, file: path, 'no-progress': true });
  } catch (error) {
    throw explained(error, storage);
  }
}

async function download(storage: string, hash: string, folder: string, { az }: World): Promise<Package> {
  const path = join(folder, 'earlier.zip');
  try {
    await az('storage blob download', { ...blobAt(storage, hash), file: path, 'no-progress': true });
  } catch (error) {
    if (
      error instanceof AzError &&
      /BlobNotFound|ResourceNotFound|does not exist/.test(`${error.code} ${error.message}`)
    ) {
      throw new Stop(`There is no package ${hash} in ${storage}/${container}/packages. Nothing was changed.`);
    }
    throw explained(error, storage);
  }
  const found = pack(await readFile(path));
  if (found.sha256 === hash) return found;
  throw new Stop(
    `The package ${hash} in ${storage} has the SHA-256 ${found.sha256}: somebody changed it. It is not installed.`,
  );
}

// Flex takes a package through One Deploy alone; Premium runs the one in the storage account, opened with its identity.
async function run(
  place: Place,
  { app }: Installation,
  from: { readonly storage: string; readonly sha256: string; readonly path: string },
  { az, arm }: World,
): Promise<void> {
  const at = { 'resource-group': place.group.name, name: app.name };
  if (app.isFlex) {
    await az('functionapp deployment source config-zip', { ...at, src: from.path });
    return;
  }
  const suffix = place.cloud === 'usgov' ? 'core.usgovcloudapi.net' : 'core.windows.net';
  const url = `https://${from.storage}.blob.${suffix}/${container}/${blobOf(from.sha256)}`;
  await az('functionapp config appsettings set', { ...at, settings: `WEBSITE_RUN_FROM_PACKAGE=${url}` });
  await arm.post(`${app.id}/syncfunctiontriggers`, '2025-05-01');
}
