import * as z from 'zod';
import { type Globals, items, present } from '../kql/kusto.ts';
import { analyze } from '../kql/language.ts';
import type { Column } from '../kql/types.ts';

/** Asks which tables and parsers there are. */
export const sourcesRequest = z.object({ sources: z.literal(true) });

/** A table or parser that a query can read, with its columns. */
export interface QuerySource {
  readonly name: string;
  readonly kind: 'parser' | 'table';
  readonly columns: readonly Column[];
}

/** The parsers and tables of a workspace, with the columns that the binder knows. */
export function sourcesOf(globals: Globals): readonly QuerySource[] {
  const { Functions: functions, Tables: tables } = present(globals.Database);
  const namesOf = (all: readonly { readonly Name: string | null }[]): string[] =>
    all.map(({ Name: name }) => name ?? '').toSorted((a, b) => a.localeCompare(b, 'en'));
  const sourceOf =
    (kind: QuerySource['kind']) =>
    (name: string): QuerySource => ({ name, kind, columns: analyze(name, globals).columns });
  const parsers = namesOf(items(functions)).filter((name) => !name.startsWith('_'));
  return [...parsers.map(sourceOf('parser')), ...namesOf(items(tables)).map(sourceOf('table'))];
}
