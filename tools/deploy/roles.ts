import * as z from 'zod';
import type { Installation } from './installation.ts';
import type { World } from './world.ts';

/** A role that the app's identity must have. */
export interface RoleNeed {
  readonly role: string;
  readonly roleId: string;
  readonly scope: string;
  /** What it is for, as the end of "it cannot …". */
  readonly without: string;
  readonly principalId: string;
}

const assignment = z.object({ properties: z.object({ roleDefinitionId: z.string() }) });

/** The roles the identity of an installed connector needs. */
export function neededRoles({ identity, rules, storageId, vaultId }: Installation): readonly RoleNeed[] {
  const principalId = identity?.principalId;
  if (principalId === undefined) return [];
  const forRules = rules.map(({ id }) => ({
    role: 'Monitoring Metrics Publisher',
    roleId: '3913510d-42f4-4e42-8a64-420c390055eb',
    scope: id,
    without: 'send rows',
    principalId,
  }));
  const forStorage = [
    {
      role: 'Storage Blob Data Owner',
      roleId: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      without: 'keep the locks of its timers',
    },
    {
      role: 'Storage Table Data Contributor',
      roleId: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
      without: 'keep its checkpoints',
    },
  ].map((need) => ({ ...need, scope: storageId ?? '', principalId }));
  const forVault = {
    role: 'Key Vault Secrets User',
    roleId: '4633458b-17de-408a-b874-0445c86b69e6',
    scope: vaultId ?? '',
    without: 'read the Mimecast credentials',
    principalId,
  };
  return [...forRules, ...forStorage, forVault].filter(({ scope }) => scope !== '');
}

/** Those of the roles that are not assigned, at the scope or above it. */
export async function missingRoles(needs: readonly RoleNeed[], arm: World['arm']): Promise<readonly RoleNeed[]> {
  const missing: RoleNeed[] = [];
  for (const [scope, own] of Map.groupBy(needs, (need) => need.scope)) {
    const filter = `$filter=assignedTo('${own[0]?.principalId}')`;
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments?${filter}`;
    const assigned = await arm.list(id, '2022-04-01', assignment);
    const has = ({ roleId }: RoleNeed) =>
      assigned.some(({ properties }) => properties.roleDefinitionId.toLowerCase().endsWith(roleId));
    missing.push(...own.filter((need) => !has(need)));
  }
  return missing;
}

/** The command with which an administrator assigns a role. */
export function grantCommand({ role, scope, principalId }: RoleNeed): string {
  return `az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --role "${role}" --scope ${scope}`;
}

const pollMs = 60_000;
const waitMs = 30 * 60_000;

/** Waits until the roles are there. @returns those that are still missing after half an hour */
export async function waitForRoles(
  installation: Installation,
  { arm, terminal, clock, signal }: World,
): Promise<readonly RoleNeed[]> {
  const started = clock.now();
  let missing = await missingRoles(neededRoles(installation), arm);
  if (missing.length > 0) {
    terminal.say('Waiting for the roles of the app. Where nobody assigns them by template, an administrator runs:');
    for (const need of missing) terminal.say(`  ${grantCommand(need)}`);
  }
  while (missing.length > 0 && clock.now() < started + waitMs) {
    await clock.wait(pollMs, signal);
    missing = await missingRoles(missing, arm);
  }
  return missing;
}
