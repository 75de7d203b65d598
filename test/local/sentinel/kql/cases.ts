import { readFileSync } from 'node:fs';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../../functions/tables/json.ts';

/** A query with the result of the real engine, or with the expectation of another project's test. */
export interface Case {
  readonly id: string;
  readonly query: string;
  /** The real engine refuses it. */
  readonly isError: boolean;
  readonly expected: Expected;
}

/** Rows of the engine's own values; rows of text; or the text of all rows or of the last. */
export type Expected =
  | {
      readonly kind: 'table';
      readonly names: readonly string[];
      readonly count: number;
      readonly rows: Cells;
      readonly isOrdered: boolean;
      readonly areSets: boolean;
    }
  | { readonly kind: 'rows'; readonly rows: Cells }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly separator: string;
      readonly isLastLine: boolean;
      readonly isWhole: boolean;
    }
  | { readonly kind: 'none' };

type Cells = readonly (readonly Json[])[];

/** The cases of a file. */
export function readCases(path: URL): Case[] {
  const all = parseJson(readFileSync(path, 'utf8'));
  return list(all).filter(isJsonObject).map(readCase);
}

function readCase(of: JsonObject): Case {
  return {
    id: text(of['id']),
    query: text(of['kql']),
    isError: of['error'] === true,
    expected: of['skipped'] === true ? { kind: 'none' } : expectedOf(of),
  };
}

function expectedOf(of: JsonObject): Expected {
  if (of['text'] !== undefined) {
    const isLastLine = text(of['form']).includes('LastLine');
    return {
      kind: 'text',
      text: text(of['text']),
      separator: text(of['sep']),
      isLastLine,
      isWhole: of['match'] === 'Be',
    };
  }
  if (of['textRows'] !== undefined) return { kind: 'rows', rows: list(of['textRows']).map(list) };
  if (of['rows'] === undefined) return { kind: 'none' };
  const names = list(of['columns']).map((column) => text(list(column)[0]));
  return {
    kind: 'table',
    names,
    count: Number(of['rowCount']),
    rows: list(of['rows']).map(list),
    isOrdered: of['ordered'] === true,
    areSets: of['setSemantics'] === true,
  };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
