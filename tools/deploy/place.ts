import * as z from 'zod';
import type { Az } from '../azure-cli/az.ts';
import type { ResourceManager } from '../azure-cli/resource-manager.ts';
import { Stop } from './stop.ts';

/** Which resource group and workspace a program works on, as its options name them. */
export interface PlaceNames {
  readonly resourceGroup: string;
  readonly workspace: string;
  /** Where the workspace is; undefined: in the same resource group. */
  readonly workspaceResourceGroup?: string | undefined;
}

/** A place in Azure that is known to be there. Ids are paths such as `/subscriptions/…`. */
export interface Place {
  readonly subscription: string;
  /** Who is signed in, for the commands an administrator gets. */
  readonly user: string;
  readonly cloud: 'public' | 'usgov';
  readonly group: { readonly id: string; readonly name: string; readonly location: string };
  readonly workspace: {
    readonly id: string;
    readonly name: string;
    readonly groupId: string;
    readonly groupName: string;
    readonly location: string;
    /** The id that queries name. */
    readonly customerId: string;
  };
}

const account = z.object({ id: z.string(), user: z.object({ name: z.string() }) });
const cloud = z.object({ name: z.string() });
const group = z.object({ location: z.string() });
const workspace = z.object({ location: z.string(), properties: z.object({ customerId: z.string() }) });

/** Finds the place. @throws Stop with what to do when something is not there */
export async function findPlace(names: PlaceNames, az: Az, arm: ResourceManager): Promise<Place> {
  const { id: subscription, user } = account.parse(await az('account show'));
  const groupId = `/subscriptions/${subscription}/resourceGroups/${names.resourceGroup}`;
  const foundGroup = await arm.find(groupId, '2021-04-01', group);
  const groupName = names.workspaceResourceGroup ?? names.resourceGroup;
  const workspaceGroupId = `/subscriptions/${subscription}/resourceGroups/${groupName}`;
  const workspaceId = `${workspaceGroupId}/providers/Microsoft.OperationalInsights/workspaces/${names.workspace}`;
  const found = await arm.find(workspaceId, '2025-07-01', workspace);
  if (!found) {
    throw new Stop(
      `There is no workspace ${names.workspace} in the resource group ${groupName} of subscription ${subscription}. ` +
        'Name its group with --workspace-resource-group, or choose the subscription: az account set --subscription <id>',
    );
  }
  if (!foundGroup) {
    const create = `az group create --name ${names.resourceGroup} --location ${found.location}`;
    throw new Stop(`There is no resource group ${names.resourceGroup}. Create it: ${create}`);
  }
  return {
    subscription,
    user: user.name,
    cloud: cloudOf(cloud.parse(await az('cloud show')).name),
    group: { id: groupId, name: names.resourceGroup, location: foundGroup.location },
    workspace: {
      id: workspaceId,
      name: names.workspace,
      groupId: workspaceGroupId,
      groupName,
      location: found.location,
      customerId: found.properties.customerId,
    },
  };
}

function cloudOf(name: string): Place['cloud'] {
  if (name === 'AzureCloud') return 'public';
  if (name === 'AzureUSGovernment') return 'usgov';
  throw new Stop(
    `The cloud ${name} is not supported. Choose one: az cloud set --name AzureCloud (or AzureUSGovernment)`,
  );
}
