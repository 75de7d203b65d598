import type { Json } from '../functions/tables/json.ts';

/** JSON as it stands in a file: two spaces, a line end at its end. */
export function jsonText(value: Json | object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
