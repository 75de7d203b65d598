import { join } from 'node:path';
import type { Json, JsonObject } from '../../functions/tables/json.ts';
import { root } from './bicep-files.ts';
import { type Azure, type Deployment, deployTemplate, type Resource } from './compiler/template.ts';

const subscription = '/subscriptions/22222222-2222-2222-2222-222222222222';
/** The resource group of the app in these tests. */
export const group = `${subscription}/resourceGroups/app`;
/** The resource group of everything that is there already. */
export const otherGroup = `${subscription}/resourceGroups/given`;
export const workspaceId = `${otherGroup}/providers/Microsoft.OperationalInsights/workspaces/sentinel`;

/** What Azure would tell of a resource after it is there. */
function runtime(type: string, id: string): JsonObject {
  const name = id.split('/').at(-1) ?? '';
  switch (type) {
    case 'Microsoft.OperationalInsights/workspaces':
      return { location: 'westeurope' };
    case 'Microsoft.ManagedIdentity/userAssignedIdentities':
      return { properties: { principalId: `principal-of-${name}`, clientId: '33333333-3333-3333-3333-333333333333' } };
    case 'Microsoft.Insights/dataCollectionRules':
      return {
        properties: {
          immutableId: `dcr-${name}`,
          endpoints: { logsIngestion: `https://${name}.ingest.monitor.azure.com` },
        },
      };
    case 'Microsoft.Insights/dataCollectionEndpoints':
      return { properties: { logsIngestion: { endpoint: `https://${name}.private.ingest.monitor.azure.com` } } };
    case 'Microsoft.Insights/components':
      return { properties: { ConnectionString: 'InstrumentationKey=00000000-0000-0000-0000-000000000000' } };
    default:
      return {};
  }
}

/** Works out a deployment of main.bicep. */
export function deploy(parameters: JsonObject = {}, cloud: Azure['cloud'] = 'AzureCloud'): Deployment {
  return deployTemplate(join(root, 'bicep/main.bicep'), { workspaceId, ...parameters }, group, { cloud, runtime });
}

/** The resources of a type, by the end of its name. */
export function ofType({ resources }: Deployment, type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type.toLowerCase().endsWith(type.toLowerCase()));
}

/** A part of a body. @throws RangeError when it is not there */
export function part(value: Json | undefined, ...keys: readonly (string | number)[]): Json {
  let at: Json | undefined = value;
  for (const key of keys) {
    if (Array.isArray(at) && typeof key === 'number') at = at[key];
    else if (typeof at === 'object' && at !== null && !Array.isArray(at) && typeof key === 'string')
      at = keyOf(at, key);
    else at = undefined;
  }
  if (at === undefined) throw new RangeError(`there is no ${keys.join('.')}`);
  return at;
}

function keyOf(of: object, key: string): Json | undefined {
  return new Map<string, Json>(Object.entries(of)).get(key);
}
