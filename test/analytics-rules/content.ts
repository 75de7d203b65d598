import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContentFile, parsersOf } from '../../local/sentinel/content/check-parsers.ts';
import { watchlistsOf } from '../../local/sentinel/content/watchlists.ts';

const root = join(import.meta.dirname, '..', '..');

/** The files of a folder of the project that end so, by name. */
export function filesOf(folder: string, ending: string): readonly ContentFile[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.toSorted().map((name) => {
    const path = `${folder}/${name}`;
    return { path, text: readFileSync(join(root, path), 'utf8') };
  });
}

export const parserFiles = filesOf('parsers-kql', '.kql');
export const parsers = parsersOf(parserFiles);
export const ruleFiles = filesOf('analytics-rules', '.yaml');
export const watchlists = watchlistsOf(filesOf('watchlists', '.csv'));
