import * as z from 'zod';
import type { Json, JsonObject } from '../../functions/tables/json.ts';
import { type Az, AzError } from './az.ts';
import { withFile } from './secret-file.ts';

/** Azure Resource Manager through `az rest`: ids are paths such as `/subscriptions/…`. */
export interface ResourceManager {
  /** Reads a resource; undefined when it is not there. @throws AzError, or ZodError when it is of another shape */
  find<T>(id: string, apiVersion: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** Reads all of a list, page after page; a list that is not there is empty. */
  list<T>(id: string, apiVersion: string, schema: z.ZodType<T>): Promise<readonly T[]>;
  put(id: string, apiVersion: string, body: JsonObject): Promise<void>;
  post(id: string, apiVersion: string, body?: JsonObject): Promise<Json | undefined>;
  /** Deletes a resource; one that is not there is fine. */
  remove(id: string, apiVersion: string): Promise<void>;
}

const page = z.object({ value: z.array(z.custom<Json>()), nextLink: z.string().nullish() });

/** Whether Azure says that something is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof AzError && /NotFound$|^ResourceGroupNotFound$|DoesNotExist$/.test(error.code);
}

/** @param az the Azure CLI */
export function resourceManager(az: Az): ResourceManager {
  const ask = (method: string, url: string) => az('rest', { method, url });
  const at = (id: string, apiVersion: string) => `${id}${id.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
  // A body stands in a file of its own, since arguments can be read by other programs of the machine.
  const send = (method: string, url: string, body: JsonObject) =>
    withFile('body.json', JSON.stringify(body), (path) => az('rest', { method, url, body: `@${path}` }));
  return {
    async find(id, apiVersion, schema) {
      try {
        return schema.parse(await ask('get', at(id, apiVersion)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async list(id, apiVersion, schema) {
      const items: Json[] = [];
      for (let url: string | undefined = at(id, apiVersion); url !== undefined;) {
        const { value, nextLink }: z.infer<typeof page> = page.parse(await askOrEmpty(ask('get', url)));
        items.push(...value);
        url = nextLink || undefined;
      }
      return z.array(schema).parse(items);
    },
    async put(id, apiVersion, body) {
      await send('put', at(id, apiVersion), body);
    },
    post: (id, apiVersion, body) => (body ? send('post', at(id, apiVersion), body) : ask('post', at(id, apiVersion))),
    async remove(id, apiVersion) {
      try {
        await ask('delete', at(id, apiVersion));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}

async function askOrEmpty(asked: Promise<Json | undefined>): Promise<Json | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return { value: [] };
    throw error;
  }
}
