import { type TypeSymbol } from './kusto.ts';

const names = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
  'unknown',
] as const;

/** A scalar type, spelt as KQL spells it; `unknown` where the binder could not tell. */
export type KqlType = (typeof names)[number];

/** The scalar type that a symbol of the binder stands for; dynamic arrays and bags are `dynamic`. */
export function typeName(type: TypeSymbol | null): KqlType {
  const name = type?.Name ?? '';
  return names.find((known) => known === name) ?? (name.startsWith('dynamic') ? 'dynamic' : 'unknown');
}
