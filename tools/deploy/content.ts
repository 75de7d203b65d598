import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../functions/tables/json.ts';
import { functionNames, ourRules, watchlistNames } from './content-names.ts';
import type { Place } from './place.ts';
import type { World } from './world.ts';

/** A piece of content that is installed and is, or may be, ours. */
export interface Item {
  /** As the template calls it, such as `alertRules/<id>`. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly apiVersion: string;
  /** SHA-256 of what a person could change about it. */
  readonly hash: string;
}

const resource = z.object({ id: z.string(), name: z.string(), properties: z.record(z.string(), z.json()) });
type Resource = z.infer<typeof resource>;

/** Where a kind of content is listed, and which of it may be ours. */
interface Kind {
  readonly type: string;
  readonly path: string;
  readonly apiVersion: string;
  readonly isOurs: (found: Resource) => boolean;
}

/** What changes without a person. */
const passing = new Set([
  'lastModifiedUtc',
  'timeModified',
  'revision',
  'userId',
  'updated',
  'updatedBy',
  'created',
  'createdBy',
]);

function kinds({ workspace, group }: Place): readonly Kind[] {
  const names = new Set([...functionNames(), ...watchlistNames(), ...ourRules().map(({ id }) => id)]);
  const byName = ({ name }: Resource) => names.has(name);
  const sentinel = `${workspace.id}/providers/Microsoft.SecurityInsights`;
  return [
    { type: 'savedSearches', path: `${workspace.id}/savedSearches`, apiVersion: '2025-07-01', isOurs: byName },
    { type: 'alertRules', path: `${sentinel}/alertRules`, apiVersion: '2025-09-01', isOurs: byName },
    { type: 'watchlists', path: `${sentinel}/watchlists`, apiVersion: '2025-09-01', isOurs: byName },
    {
      type: 'workbooks',
      path: `${workspace.groupId}/providers/Microsoft.Insights/workbooks?category=sentinel&canFetchContent=true`,
      apiVersion: '2023-06-01',
      isOurs: ({ properties }) => textOf(properties['sourceId']).toLowerCase() === workspace.id.toLowerCase(),
    },
    {
      type: 'scheduledQueryRules',
      path: `${group.id}/providers/Microsoft.Insights/scheduledQueryRules`,
      apiVersion: '2023-12-01',
      isOurs: ({ name }) => /^(silence|lag|rejected|dropped)-/.test(name),
    },
  ];
}

/** What of our content is installed; among the workbooks also others of the workspace, which the template never names. */
export async function readContent(place: Place, arm: World['arm']): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const { type, path, apiVersion, isOurs } of kinds(place)) {
    const found = await arm.list(path, apiVersion, resource);
    items.push(
      ...found.filter(isOurs).map(({ id, name, properties }) => ({
        key: `${type}/${name}`,
        id,
        title: textOf(properties['displayName']) || name,
        apiVersion,
        hash: hashOf(Object.fromEntries(Object.entries(properties).filter(([field]) => !passing.has(field)))),
      })),
    );
  }
  return items;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function hashOf(properties: JsonObject): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(properties)))
    .digest('hex');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)] as const));
}
