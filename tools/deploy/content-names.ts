import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import * as z from 'zod';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const rule = z.object({ id: z.string(), name: z.string() });

/** One of our analytics rules: its id is the name of its resource, and the id of its template in solution 3.x. */
export interface OurRule {
  readonly id: string;
  readonly name: string;
}

/** The functions of our parsers. */
export function functionNames(): readonly string[] {
  return filesIn('parsers-kql', '.kql').map((file) => basename(file, '.kql'));
}

/** Our analytics rules. */
export function ourRules(): readonly OurRule[] {
  return filesIn('analytics-rules', '.yaml').map((file) => rule.parse(parse(readFileSync(file, 'utf8'))));
}

/** Our watchlists; their rows are the customer's. */
export function watchlistNames(): readonly string[] {
  return filesIn('watchlists', '.csv').map((file) => basename(file, '.csv'));
}

function filesIn(folder: string, extension: string): readonly string[] {
  const names = readdirSync(join(root, folder)).filter((name) => extname(name) === extension);
  return names.toSorted().map((name) => join(root, folder, name));
}
