import * as z from 'zod';
import type { ResourceManager } from '../azure-cli/resource-manager.ts';
import type { Place } from './place.ts';

const needed = [
  'Microsoft.Web',
  'Microsoft.Storage',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
  'Microsoft.Insights',
  'Microsoft.OperationalInsights',
  'Microsoft.SecurityInsights',
  'Microsoft.AlertsManagement',
];
const provider = z.object({ namespace: z.string(), registrationState: z.string() });

/** A line for each resource provider that the subscription has not registered, with the command that registers it. */
export async function missingProviders(place: Place, arm: ResourceManager): Promise<readonly string[]> {
  const found = await arm.list(`/subscriptions/${place.subscription}/providers`, '2021-04-01', provider);
  const registered = found
    .filter(({ registrationState }) => registrationState === 'Registered')
    .map(({ namespace }) => namespace.toLowerCase());
  return needed
    .filter((namespace) => !registered.includes(namespace.toLowerCase()))
    .map(
      (namespace) =>
        `The resource provider ${namespace} is not registered. An administrator runs: az provider register --wait --namespace ${namespace}`,
    );
}

/** A line when Microsoft Sentinel is not switched on for the workspace; without it content cannot be installed. */
export async function missingSentinel({ workspace }: Place, arm: ResourceManager): Promise<readonly string[]> {
  const id = `${workspace.id}/providers/Microsoft.SecurityInsights/onboardingStates/default`;
  if (await arm.find(id, '2025-09-01', z.looseObject({}))) return [];
  return [
    `Microsoft Sentinel is not switched on for the workspace ${workspace.name}. Add it under Microsoft Sentinel > Create, or deploy with --content none.`,
  ];
}
