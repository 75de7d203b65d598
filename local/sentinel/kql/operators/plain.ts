import { columnAt } from '../expressions/names.ts';
import { type Expression, syntax } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { everything, over } from '../scope.ts';
import type { Column, KqlType } from '../types.ts';
import { type Key, keyOf } from '../values/compare.ts';
import type { Row } from '../values/value.ts';
import { type Named, mapped } from './columns.ts';
import { closed, type Demand, type Relation } from './relation.ts';
import { ownName, type Step } from './step.ts';
import { namesIn } from '../expressions/names.ts';

/** `count`: the number of rows. */
export function count(step: Step): Relation {
  const input = step.input({ columns: new Set() });
  const name = step.resultColumns[0]?.name ?? 'Count';
  return {
    columns: [{ name, type: 'long' }],
    rows: () => {
      let rows = 0n;
      for (const _ of input.rows()) rows++;
      return [[rows]];
    },
  };
}

/** `distinct`: each combination of the columns once, in the order they first come. */
export function distinct(expressions: readonly Expression[], step: Step): Relation {
  const isStar = expressions.some((each) => each instanceof syntax.StarExpression);
  const all = step.resultColumns.map(({ name }) => name);
  const demand: Demand = isStar ? new Set(all) : namesIn(...expressions);
  const input = isStar ? closed(step.input({ columns: demand })) : step.input({ columns: demand });
  const scope = over(step.scope, input.columns);
  const cells = isStar
    ? all.map((name): Named => [name, columnAt(input.columns, name) ?? refuse(`the column ${name}`)])
    : expressions.map((each, index): Named => [ownName(each) ?? all[index] ?? '', scope.compiler.scalar(each, scope)]);
  const projected = mapped(input, ({ rows }) => rows(), cells);
  return { columns: projected.columns, rows: () => once(projected) };
}

function* once({ columns, rows }: Relation): Iterable<Row> {
  const keyFor = keyOf(columns.map(({ type }) => type));
  const seen = new Set<Key>();
  for (const row of rows()) {
    const key = keyFor(row);
    if (seen.has(key)) continue;
    seen.add(key);
    yield row;
  }
}

const dotNetTypes: Readonly<Record<KqlType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
  unknown: 'System.Object',
};

/** `getschema`: a row for each column. */
export function getSchema(step: Step): Relation {
  const input = step.input(everything);
  const columns: Column[] = [
    { name: 'ColumnName', type: 'string' },
    { name: 'ColumnOrdinal', type: 'long' },
    { name: 'DataType', type: 'string' },
    { name: 'ColumnType', type: 'string' },
  ];
  const described = input.isOpen ? input.columns : step.inputColumns;
  return {
    columns,
    rows: () => described.map(({ name, type }, index) => [name, BigInt(index), dotNetTypes[type], type]),
  };
}
