import type { Answer } from '../kql/evaluate.ts';
import { dynamicText } from '../kql/values/convert.ts';
import { toText } from '../kql/values/text.ts';
import type { Row } from '../kql/values/value.ts';

/** Reads a column of a result as text: the empty text when it is null or not there. */
export function cellReader(columns: Answer['columns'], name: string): (row: Row) => string {
  const index = columns.findIndex((column) => column.name === name);
  const type = columns[index]?.type;
  return (row) => {
    const value = row[index];
    if (type === undefined || value === undefined || value === null) return '';
    return type === 'dynamic' ? dynamicText(value) : toText(value, type);
  };
}
