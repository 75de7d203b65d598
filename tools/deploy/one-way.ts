import type { ForeignFunction } from './functions-owned.ts';
import { migrateTable } from './installed-tables.ts';
import type { Place } from './place.ts';
import type { DeployRequest } from './request.ts';
import { Stop } from './stop.ts';
import type { World } from './world.ts';

/** What cannot be undone and must be agreed to each on its own; `--yes` alone is no yes to it. */
export interface OneWay {
  readonly classicTables: readonly string[];
  readonly functions: readonly ForeignFunction[];
}

/** A line for each, to be shown before anybody agrees. */
export function oneWayLines({ classicTables, functions }: OneWay): readonly string[] {
  return [
    ...(classicTables.length > 0
      ? [
          `These tables were made by solution 3.0 and must be migrated first: ${classicTables.join(', ')}. ` +
            'No row and no column is lost; it cannot be undone.',
        ]
      : []),
    ...functions.map(
      ({ function: name, title }) =>
        `The function ${name} belongs to the saved search "${title}", such as a parser of solution 3.x. It must go before ours can be installed.`,
    ),
  ];
}

/** Asks for what was not agreed to by an option. @throws Stop, before anything was changed, at a no */
export async function agree({ classicTables, functions }: OneWay, request: DeployRequest, world: World): Promise<void> {
  const isAgreed = async (given: boolean, question: string) =>
    given || (!request.answersYes && (await world.terminal.confirm(question)));
  if (
    classicTables.length > 0 &&
    !(await isAgreed(request.migratesTables, `Migrate ${classicTables.length} tables?`))
  ) {
    throw new Stop(
      'Nothing was changed. Tables of solution 3.0 are migrated only after a yes, or with --migrate-tables.',
    );
  }
  const question = `Replace ${functions.length} functions? Their text is kept in a file.`;
  if (functions.length > 0 && !(await isAgreed(request.replacesFunctions, question))) {
    throw new Stop(
      'Nothing was changed. The functions go only after a yes, or with --replace-functions; with --content none they can stay.',
    );
  }
}

/** Does what was agreed to. */
export async function goOneWay(place: Place, { classicTables, functions }: OneWay, world: World): Promise<void> {
  const { arm, terminal, clock, keep } = world;
  for (const name of classicTables) {
    terminal.say(`Migrating ${name} …`);
    await migrateTable(place.workspace.id, name, arm);
  }
  if (functions.length === 0) return;
  const stamp = new Date(clock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
  const file = await keep(`replaced-functions-${stamp}.json`, `${JSON.stringify(functions, null, 2)}\n`);
  for (const { id } of functions) await arm.remove(id, '2025-07-01');
  terminal.say(`${functions.length} functions were removed; their text is in ${file}.`);
}
