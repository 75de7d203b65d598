import * as z from 'zod';
import type { Place } from './place.ts';
import type { World } from './world.ts';

/** A resource that the template has created. */
export interface Owned {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly apiVersion: string;
  /** Whether it holds what cannot be had again. */
  readonly isData: boolean;
}

/** What goes in which order: first who uses, then what is used; networks last. */
const types: readonly (readonly [type: string, apiVersion: string, isData?: true])[] = [
  ['Microsoft.Web/sites', '2025-03-01'],
  ['Microsoft.Web/serverfarms', '2025-03-01'],
  ['Microsoft.Insights/scheduledQueryRules', '2023-12-01'],
  ['Microsoft.Insights/actionGroups', '2023-01-01'],
  ['Microsoft.Insights/dataCollectionRules', '2024-03-11'],
  ['Microsoft.Insights/dataCollectionEndpoints', '2024-03-11'],
  ['Microsoft.Insights/components', '2020-02-02'],
  ['Microsoft.Network/privateEndpoints', '2025-05-01'],
  ['Microsoft.Network/virtualNetworks', '2025-05-01'],
  ['Microsoft.Network/natGateways', '2025-05-01'],
  ['Microsoft.Network/publicIPAddresses', '2025-05-01'],
  ['Microsoft.ManagedIdentity/userAssignedIdentities', '2024-11-30'],
  ['Microsoft.Storage/storageAccounts', '2025-06-01', true],
  ['Microsoft.KeyVault/vaults', '2026-02-01', true],
];

const resource = z.object({ id: z.string(), name: z.string(), type: z.string() });

/**
 * The resources of a connector in its group, in the order in which they can be deleted. They are known by the name that
 * the template gives them, so what was there before it, and was lent to it, is never among them.
 */
export async function ownedResources(place: Place, name: string, arm: World['arm']): Promise<readonly Owned[]> {
  const found = await arm.list(`${place.group.id}/resources`, '2021-04-01', resource);
  return types.flatMap(([type, apiVersion, isData = false]) =>
    found
      .filter((each) => each.type.toLowerCase() === type.toLowerCase() && isNamedByTemplate(each.name, name))
      .map(({ id, name: own }) => ({ id, name: own, type, apiVersion, isData })),
  );
}

// A name is made of a prefix, the connector's name and 13 characters of Bicep's uniqueString.
function isNamedByTemplate(text: string, name: string): boolean {
  return new RegExp(`^([a-z]+-)+${name}-[a-z0-9]{13}(-[12](-private)?)?$|^(st|kv)${name}[a-z0-9]{13}$`).test(text);
}
