import { AzError } from '../azure-cli/az.ts';
import { withFolder } from '../azure-cli/secret-file.ts';
import { blobsOf, container } from './blobs.ts';
import { type Installation, hostName } from './installation.ts';
import { type Package, buildPackage, pack, writePackage } from './package.ts';
import type { Place } from './place.ts';
import { Stop } from './stop.ts';
import type { World } from './world.ts';

/**
 * Brings a package into the customer's storage under its hash and lets the app run it.
 * @param earlier one that is there already; undefined: one is built now
 */
export async function installPackage(
  place: Place,
  installation: Installation,
  earlier: Package | undefined,
  world: World,
): Promise<void> {
  const storage = storageName(installation);
  const blobs = blobsOf(storage, world.az);
  await withFolder(async (folder) => {
    const found = earlier ?? (await buildPackage(folder, world.build));
    const { sha256, bytes } = found;
    if (!earlier && !(await blobs.exists(blobOf(sha256)))) await blobs.write(blobOf(sha256), bytes);
    world.terminal.say(`The package is in ${storage}/${container}. To come back to it later: --package ${sha256}`);
    await run(place, installation, { storage, sha256, path: await writePackage(found, folder) }, world);
  });
}

/** The storage account of a connector, as its settings name it. @throws Stop when they do not */
export function storageName({ settings }: Installation): string {
  const storage = hostName(settings['CHECKPOINT_STORAGE']);
  if (storage === undefined) throw new Stop('CHECKPOINT_STORAGE of the app is no URL of a storage account.');
  return storage;
}

const blobOf = (sha256: string) => `packages/${sha256}.zip`;

/**
 * An earlier package by its hash, read before anything is changed.
 * @throws Stop when there is none, or it is not what its name says
 */
export async function earlierPackage(
  installation: Installation | undefined,
  hash: string,
  az: World['az'],
): Promise<Package> {
  if (!installation) throw new Stop('Nothing was changed. There is no connector yet, so there is no earlier package.');
  const storage = storageName(installation);
  const bytes = await blobsOf(storage, az).read(blobOf(hash));
  if (!bytes) throw new Stop(`Nothing was changed. There is no package ${hash} in ${storage}/${container}/packages.`);
  const found = pack(bytes);
  if (found.sha256 === hash) return found;
  throw new Stop(
    `Nothing was changed. The package ${hash} in ${storage} was changed by somebody: its SHA-256 is ${found.sha256}.`,
  );
}

const tries = 4;
const pauseMs = 60_000;

// Flex takes a package through One Deploy alone; Premium runs the one in the storage account, opened with its identity.
async function run(
  place: Place,
  { app }: Installation,
  from: { readonly storage: string; readonly sha256: string; readonly path: string },
  world: World,
): Promise<void> {
  const { az, arm } = world;
  const at = { 'resource-group': place.group.name, name: app.name };
  if (app.isFlex) {
    await patiently(() => az('functionapp deployment source config-zip', { ...at, src: from.path }), world);
    return;
  }
  const suffix = place.cloud === 'usgov' ? 'core.usgovcloudapi.net' : 'core.windows.net';
  const url = `https://${from.storage}.blob.${suffix}/${container}/${blobOf(from.sha256)}`;
  await az('functionapp config appsettings set', { ...at, settings: `WEBSITE_RUN_FROM_PACKAGE=${url}` });
  await patiently(() => arm.post(`${app.id}/syncfunctiontriggers`, '2025-03-01'), world);
}

// A role that was just assigned is not known everywhere at once, so the app may not open its storage yet.
async function patiently(work: () => Promise<unknown>, { terminal, clock, signal }: World): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === tries || !(error instanceof AzError)) throw error;
      terminal.say(`Azure did not take the package yet (${error.code}); trying again in a minute.`);
      await clock.wait(pauseMs, signal);
    }
  }
}
