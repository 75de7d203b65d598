import { type Expression, items, present, remembered, symbols, textOf, type TypeSymbol } from './kusto.ts';

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

/** The type of that name, also by its other names (`double`, `date` …). */
export function knownType(name: string): KqlType | undefined {
  const aliases: Readonly<Record<string, KqlType>> = {
    double: 'real',
    boolean: 'bool',
    date: 'datetime',
    time: 'timespan',
  };
  return names.find((known) => known === name) ?? (Object.hasOwn(aliases, name) ? aliases[name] : undefined);
}

/** The scalar type that a symbol of the binder stands for; dynamic arrays and bags are `dynamic`. */
export function typeName(type: TypeSymbol | null): KqlType {
  const name = type?.Name ?? '';
  return names.find((known) => known === name) ?? (name.startsWith('dynamic') ? 'dynamic' : 'unknown');
}

/** The scalar type that the binder gives an expression. */
export const resultType = remembered(({ ResultType: type }: Expression): KqlType => typeName(type));

export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

/** The columns that the binder knows of a table or tabular expression; none for what is no table. */
export function columnsOf(type: TypeSymbol | null): readonly Column[] {
  return type instanceof symbols.TableSymbol ? columnsOfTable(type) : [];
}

const columnsOfTable = remembered((table: Kusto.Language.Symbols.TableSymbol): readonly Column[] =>
  items(table.Columns).map(({ Name: name, Type: type }) => ({ name: present(name), type: typeName(type) })),
);

/** A column as a schema in a query declares it: `name:type`. */
export function declaredColumn({ Name: name, Type: type }: Kusto.Language.Syntax.NameAndTypeDeclaration): Column {
  return { name: present(present(name).SimpleName), type: knownType(textOf(present(type))) ?? 'unknown' };
}
