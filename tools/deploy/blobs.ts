import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AzError } from '../azure-cli/az.ts';
import { withFolder } from '../azure-cli/secret-file.ts';
import { Stop } from './stop.ts';
import type { World } from './world.ts';

/** The container of the connector's storage that holds packages and the receipt of its content. */
export const container = 'app-package';

/** Blobs of that container, by name; opened as the signed-in person. */
export interface Blobs {
  exists(name: string): Promise<boolean>;
  /** @returns undefined when it is not there */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Writes a blob, over what was there. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

const exists = z.object({ exists: z.boolean() });

/** @param storage name of the storage account. The calls throw Stop when it refuses. */
export function blobsOf(storage: string, az: World['az']): Blobs {
  const at = (name: string) => ({
    'account-name': storage,
    'container-name': container,
    name,
    'auth-mode': 'login',
  });
  const refused = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof AzError) throw explained(error, storage);
      throw error;
    }
  };
  const isThere = async (name: string) => exists.parse(await refused(az('storage blob exists', at(name)))).exists;
  return {
    exists: isThere,
    async read(name) {
      if (!(await isThere(name))) return undefined;
      return withFolder(async (folder) => {
        const file = join(folder, 'blob');
        await refused(az('storage blob download', { ...at(name), file, 'no-progress': true }));
        return readFile(file);
      });
    },
    async write(name, bytes) {
      await withFolder(async (folder) => {
        const file = join(folder, 'blob');
        await writeFile(file, bytes);
        await refused(az('storage blob upload', { ...at(name), file, overwrite: true, 'no-progress': true }));
      });
    },
  };
}

function explained(error: AzError, storage: string): Stop {
  const advice =
    'The signed-in person needs Storage Blob Data Contributor on it (a new role takes some minutes), and a way through its firewall.';
  return new Stop(
    `The storage account ${storage} refused (${error.code}). ${advice} Then run the command again.`,
    error,
  );
}
