import type { Json, JsonObject } from '../../functions/tables/json.ts';

/** What an item of content adds to the package's template. */
export interface Part {
  readonly parameters?: JsonObject;
  readonly variables: JsonObject;
  readonly resources: readonly JsonObject[];
  /** What the package's list of contents says of it. */
  readonly criterion: JsonObject;
}

/** Content as a template may hold it. @throws Error when Azure would take a text of it for an expression */
export function literal<T extends Json>(content: T): T {
  for (const text of texts(content))
    if (text.startsWith('[') && text.endsWith(']'))
      throw new Error(`Azure would evaluate this text: ${text.slice(0, 80)}`);
  return content;
}

function texts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
