import * as z from 'zod';
import { functionNames } from './content-names.ts';
import type { Place } from './place.ts';
import type { World } from './world.ts';

/** A saved search that has the name of one of our functions but is not ours, such as a parser of solution 3.x. */
export interface ForeignFunction {
  readonly id: string;
  readonly function: string;
  readonly title: string;
  readonly query: string;
}

const savedSearch = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    displayName: z.string().default(''),
    functionAlias: z.string().nullish(),
    query: z.string().default(''),
  }),
});

/** Who else owns our functions' names. Of two functions with one name nobody knows which is called. */
export async function foreignFunctions({ workspace }: Place, arm: World['arm']): Promise<readonly ForeignFunction[]> {
  const ours = new Map(functionNames().map((name) => [name.toLowerCase(), name]));
  const found = await arm.list(`${workspace.id}/savedSearches`, '2025-07-01', savedSearch);
  return found.flatMap(({ id, name, properties: { displayName, functionAlias, query } }) => {
    const own = ours.get(functionAlias?.toLowerCase() ?? '');
    if (own === undefined || name === own) return [];
    return [{ id, function: own, title: displayName || name, query }];
  });
}
