import * as z from 'zod';
import type { ResourceManager } from '../azure-cli/resource-manager.ts';
import type { Place } from './place.ts';

/** What the deployment will do, as far as it asks for rights of its own. */
export interface RightsWanted {
  readonly assignRoles: boolean;
  readonly content: boolean;
  readonly migrate: boolean;
}

/** A role that covers some actions, and where they are needed. */
interface Need {
  readonly role: string;
  readonly scope: string;
  readonly actions: readonly string[];
  readonly dataActions?: readonly string[];
}

const permission = z.object({
  actions: z.array(z.string()).default([]),
  notActions: z.array(z.string()).default([]),
  dataActions: z.array(z.string()).default([]),
  notDataActions: z.array(z.string()).default([]),
});
type Permission = z.infer<typeof permission>;

const groupActions = [
  'Microsoft.Resources/deployments/write',
  'Microsoft.Resources/deployments/whatIf/action',
  'Microsoft.Web/serverfarms/write',
  'Microsoft.Web/sites/write',
  'Microsoft.Web/sites/config/list/action',
  'Microsoft.Storage/storageAccounts/write',
  'Microsoft.KeyVault/vaults/write',
  'Microsoft.KeyVault/vaults/secrets/write',
  'Microsoft.ManagedIdentity/userAssignedIdentities/write',
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  'Microsoft.Insights/components/write',
  'Microsoft.Insights/dataCollectionRules/write',
  'Microsoft.Insights/diagnosticSettings/write',
  'Microsoft.Insights/scheduledQueryRules/write',
];
const workspaceActions = [
  'Microsoft.Resources/deployments/write',
  'Microsoft.OperationalInsights/workspaces/query/read',
  'Microsoft.OperationalInsights/workspaces/tables/write',
  'Microsoft.OperationalInsights/workspaces/savedSearches/write',
];
const contentActions = [
  'Microsoft.SecurityInsights/alertRules/write',
  'Microsoft.SecurityInsights/watchlists/write',
  'Microsoft.Insights/workbooks/write',
];
const blobActions = [
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
];

function needsOf({ group, workspace }: Place, wanted: RightsWanted): readonly Need[] {
  const migrate = ['Microsoft.OperationalInsights/workspaces/tables/migrate/action'];
  return [
    { role: 'Contributor', scope: group.id, actions: groupActions },
    {
      role: 'Role Based Access Control Administrator',
      scope: group.id,
      actions: wanted.assignRoles ? ['Microsoft.Authorization/roleAssignments/write'] : [],
    },
    { role: 'Storage Blob Data Contributor', scope: group.id, actions: [], dataActions: blobActions },
    {
      role: 'Log Analytics Contributor',
      scope: workspace.groupId,
      actions: wanted.migrate ? [...workspaceActions, ...migrate] : workspaceActions,
    },
    { role: 'Microsoft Sentinel Contributor', scope: workspace.groupId, actions: wanted.content ? contentActions : [] },
  ];
}

/**
 * What of the rights that a deployment needs the signed-in person lacks.
 * @returns a line for each role: what is missing, and the command with which an administrator grants it; none when all is well
 */
export async function missingRights(
  place: Place,
  wanted: RightsWanted,
  arm: ResourceManager,
): Promise<readonly string[]> {
  const needs = needsOf(place, wanted);
  const scopes = new Set(needs.map(({ scope }) => scope));
  const held = new Map<string, readonly Permission[]>();
  for (const scope of scopes) {
    const id = `${scope}/providers/Microsoft.Authorization/permissions`;
    held.set(scope, await arm.list(id, '2022-04-01', permission));
  }
  return needs.flatMap((need) => {
    const permissions = held.get(need.scope) ?? [];
    const missing = [
      ...need.actions.filter((action) => !permissions.some((each) => covers(each.actions, each.notActions, action))),
      ...(need.dataActions ?? []).filter(
        (action) => !permissions.some((each) => covers(each.dataActions, each.notDataActions, action)),
      ),
    ];
    const grant = `az role assignment create --assignee ${place.user} --role "${need.role}" --scope ${need.scope}`;
    return missing.length === 0 ? [] : [`${place.user} may not ${missing.join(', ')}. An administrator runs: ${grant}`];
  });
}

function covers(actions: readonly string[], notActions: readonly string[], wanted: string): boolean {
  const matches = (pattern: string) => {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`, 'i').test(wanted);
  };
  return actions.some(matches) && !notActions.some(matches);
}
