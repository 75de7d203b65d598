import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalyticsRule } from './analytics-rule.ts';
import { type ContentFile, type ParserFile, parsersOf } from './parser-file.ts';
import { rulesOf } from './rule-file.ts';
import { type Watchlist, watchlistsOf } from './watchlists.ts';

const project = join(import.meta.dirname, '..', '..', '..');

/** The files of a folder of the project that end in `ending`, by name; none when there is no such folder. */
export function filesOf(folder: string, ending: string, root = project): readonly ContentFile[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.toSorted().map((name) => {
    const path = `${folder}/${name}`;
    return { path, text: readFileSync(join(root, path), 'utf8') };
  });
}

/** What rules run with. */
export interface Content {
  readonly parsers: readonly ParserFile[];
  readonly rules: readonly AnalyticsRule[];
  readonly watchlists: readonly Watchlist[];
}

/** The parsers, rules and watchlists of the project. @throws Error when a rule is none */
export function readContent(): Content {
  return {
    parsers: parsersOf(filesOf('parsers-kql', '.kql')),
    rules: rulesOf(filesOf('analytics-rules', '.yaml')),
    watchlists: watchlistsOf(filesOf('watchlists', '.csv')),
  };
}
