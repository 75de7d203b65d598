import { type FeedName, isFeedName } from '../../local/mimecast/endpoints.ts';

/** The name by which the simulated tenant knows a feed. */
export function tenantName({ name }: { readonly name: string }): FeedName {
  if (!isFeedName(name)) throw new Error(`The tenant knows no feed ${name}.`);
  return name;
}
