import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AzError, type Az } from '../azure-cli/az.ts';
import { withFolder } from '../azure-cli/secret-file.ts';
import type { OldApp } from './old-apps.ts';
import { type OldFile, type OldState, isDeadLetter, readOldState, stateFileNames } from './old-state.ts';

/** The state of all old apps. */
export interface State {
  readonly feeds: readonly OldState[];
  /** Shares with events that solution 3.x could not read or send, and how many files. */
  readonly deadLetters: readonly string[];
}

const listed = z.array(
  z.object({
    name: z.string(),
    properties: z.looseObject({ lastModified: z.string().nullish() }).nullish(),
  }),
);

/** Reads the state files of apps; an app that never ran has none. @param now epoch milliseconds */
export async function readState(apps: readonly OldApp[], now: number, az: Az): Promise<State> {
  const feeds: OldState[] = [];
  const deadLetters: string[] = [];
  for (const app of apps) {
    const files = await listFiles(app, az);
    const dead = files.filter(({ name }) => isDeadLetter(name)).length;
    if (dead > 0)
      deadLetters.push(`${app.name}: ${dead} files in its share ${app.share} hold events that 3.x could not send.`);
    for (const file of files.filter(({ name }) => stateFileNames.includes(name))) {
      const state = readOldState(await download(app, file, now, az), now);
      if (state) feeds.push(state);
    }
  }
  return { feeds, deadLetters };
}

// The connection string goes through the environment: arguments can be read by other programs of the machine.
function opened({ connectionString }: OldApp) {
  return { AZURE_STORAGE_CONNECTION_STRING: connectionString };
}

async function listFiles(app: OldApp, az: Az): Promise<z.infer<typeof listed>> {
  try {
    return listed.parse(await az('storage file list', { 'share-name': app.share }, opened(app)));
  } catch (error) {
    if (error instanceof AzError && /ShareNotFound|share does not exist/i.test(`${error.code} ${error.message}`))
      return [];
    throw error;
  }
}

async function download(
  app: OldApp,
  { name, properties }: z.infer<typeof listed>[number],
  now: number,
  az: Az,
): Promise<OldFile> {
  return withFolder(async (folder) => {
    const dest = join(folder, 'state');
    await az('storage file download', { 'share-name': app.share, path: name, dest, 'no-progress': true }, opened(app));
    const modifiedAt = Date.parse(properties?.lastModified ?? '');
    return {
      name,
      text: await readFile(dest, 'utf8'),
      modifiedAt: Number.isNaN(modifiedAt) ? oldestListed(now) : modifiedAt,
    };
  });
}

// Where Azure does not say when a state was written, all that Mimecast still lists is read again.
function oldestListed(now: number): number {
  return now - 6 * 86_400_000;
}
