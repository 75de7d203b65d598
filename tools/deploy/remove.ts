import * as z from 'zod';
import { tables } from '../../functions/tables/index.ts';
import { blobsOf } from './blobs.ts';
import { type Item, readContent } from './content.ts';
import { type Installation, findInstallation } from './installation.ts';
import { readTables } from './installed-tables.ts';
import { type Owned, ownedResources } from './owned.ts';
import { type Place, type PlaceNames, findPlace } from './place.ts';
import { type Receipt, isUntouched, readReceipt } from './receipt.ts';
import { neededRoles } from './roles.ts';
import { Stop } from './stop.ts';
import { storageName } from './upload.ts';
import type { World } from './world.ts';

/** What `npm run remove` is to do. */
export interface RemoveRequest {
  readonly names: PlaceNames;
  readonly name: string;
  /** Whether tables, storage and vault go too. */
  readonly withData: boolean;
  readonly answersYes: boolean;
}

/** What goes and what stays. */
interface Removal {
  readonly resources: readonly Owned[];
  readonly assignments: readonly string[];
  readonly content: readonly Item[];
  readonly tables: readonly string[];
  readonly staying: readonly string[];
}

const assignment = z.object({
  id: z.string(),
  properties: z.object({ roleDefinitionId: z.string() }),
});

/** Removes the connector: all but data and what a person changed. @throws Stop at a no, before anything was changed */
export async function remove(request: RemoveRequest, world: World): Promise<void> {
  const { az, arm, terminal } = world;
  const place = await findPlace(request.names, az, arm);
  const installation = await findInstallation(place, world, request.name);
  const removal = await plan(place, installation, request, world);
  const { resources, assignments, content, tables: gone, staying } = removal;
  if (resources.length + content.length + gone.length === 0) {
    throw new Stop(`There is no connector named ${request.name} in ${place.group.name}. Name it with --name.`);
  }
  terminal.say('This will be deleted:');
  for (const { type, name } of resources) terminal.say(`  ${type} ${name}`);
  for (const { key, title } of content) terminal.say(`  ${key.split('/')[0]} "${title}"`);
  for (const name of gone) terminal.say(`  table ${name} with all its rows, those of older solutions too`);
  for (const line of staying) terminal.say(line);
  await agree(place, request, world);
  const [apps, rest] = [resources.filter(isApp), resources.filter((each) => !isApp(each))];
  for (const { id, apiVersion } of apps) await arm.remove(id, apiVersion);
  for (const id of assignments) await arm.remove(id, '2022-04-01');
  for (const { id, apiVersion } of content) await arm.remove(id, apiVersion);
  for (const { id, apiVersion } of rest) await arm.remove(id, apiVersion);
  for (const name of gone) await arm.remove(`${place.workspace.id}/tables/${name}`, '2025-07-01');
  terminal.say('The connector is removed.');
}

function isApp({ type }: Owned): boolean {
  return type === 'Microsoft.Web/sites';
}

async function plan(
  place: Place,
  installation: Installation | undefined,
  { name, withData }: RemoveRequest,
  { az, arm }: World,
): Promise<Removal> {
  const owned = await ownedResources(place, name, arm);
  const receipt = installation ? await readReceipt(blobsOf(storageName(installation), az)) : {};
  const items = await readContent(place, arm);
  const isOwn = ({ id }: Item) => !owned.some((resource) => resource.id.toLowerCase() === id.toLowerCase());
  const goes = (item: Item) => isOwn(item) && isRemoved(item, receipt, withData);
  const found = withData ? await readTables(place.workspace.id, arm) : [];
  return {
    resources: owned.filter(({ isData }) => withData || !isData),
    assignments: installation ? await assignmentsOf(installation, arm) : [],
    content: items.filter(goes),
    tables: found.map((table) => table.name),
    staying: [
      ...items
        .filter((item) => receipt[item.key] !== undefined && isOwn(item) && !goes(item))
        .map(({ key, title }) => `"${title}" (${key}) stays: it was changed, or its rows are yours.`),
      ...(withData
        ? []
        : [
            `${tables.length} tables, the storage account with the checkpoints, and the vault stay. --data deletes them too.`,
          ]),
    ],
  };
}

// Of a watchlist the rows are the customer's.
function isRemoved(item: Item, receipt: Receipt, withData: boolean): boolean {
  if (receipt[item.key] === undefined) return false;
  return item.key.startsWith('watchlists/') ? withData : isUntouched(item, receipt);
}

/** The ids of the roles of the app's identity; they would stay as assignments to nobody. */
async function assignmentsOf(installation: Installation, arm: World['arm']): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [scope, needs] of Map.groupBy(neededRoles(installation), (need) => need.scope)) {
    const filter = `$filter=assignedTo('${needs[0]?.principalId}')`;
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?${filter}`;
    const found = await arm.list(path, '2022-04-01', assignment);
    const isNeeded = (role: string) => needs.some(({ roleId }) => role.endsWith(roleId));
    const own = found.filter(({ id, properties }) => id.startsWith(scope) && isNeeded(properties.roleDefinitionId));
    ids.push(...own.map(({ id }) => id));
  }
  return ids;
}

async function agree(place: Place, { withData, answersYes }: RemoveRequest, { terminal }: World): Promise<void> {
  if (!(await terminal.confirm('Delete this?'))) throw new Stop('Nothing was deleted.');
  if (!withData || answersYes) return;
  const question = `Rows cannot be had again. Type the name of the workspace to delete them`;
  if ((await terminal.ask(question)) !== place.workspace.name) throw new Stop('Nothing was deleted.');
}
