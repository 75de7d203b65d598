import type { Json } from './json.ts';

/** What each column type of a Log Analytics table holds, spelt as the tables API spells it. */
interface CellTypes {
  string: string;
  real: number;
  long: number;
  boolean: boolean;
  dateTime: Date;
  dynamic: Json;
}

export type ColumnType = keyof CellTypes;
export type Columns = Readonly<Record<string, ColumnType>>;

/** The cells of some columns. Every column must be named; one without a value is undefined and is not sent. */
export type Cells<C extends Columns> = { -readonly [K in keyof C]: CellTypes[C[K]] | undefined };

/** A table of the workspace: its name and the columns that are its own, beside those every table has. */
export interface Table<C extends Columns = Columns> {
  readonly name: `${string}_CL`;
  readonly columns: C;
}

/** The columns that every table has. */
export const commonColumns = {
  TimeGenerated: 'dateTime',
  EventId: 'string',
  EventTime: 'dateTime',
  Account: 'string',
  AdditionalFields: 'dynamic',
  Truncated: 'string',
} as const satisfies Columns;

/** A row on its way to a table: the table's own cells and the common ones. */
export type Row<C extends Columns = Columns> = Cells<C> & Cells<typeof commonColumns>;

/** Declares a table; the column types are kept exactly, so that rows are checked against them. */
export function table<const C extends Columns>(name: `${string}_CL`, columns: C): Table<C> {
  return { name, columns };
}

/** All columns of a table in the order they are created. */
export function allColumns(of: Table): Columns {
  return { ...commonColumns, ...of.columns };
}
