import { expect, test } from 'vitest';
import { tables } from '../../../functions/tables/index.ts';
import { allColumns } from '../../../functions/tables/table.ts';
import type { Json } from '../../../functions/tables/json.ts';
import { type InstalledTable, planTables, readTables } from '../../../tools/deploy/installed-tables.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import { stage } from '../stand-in/stage.ts';
import solution30 from './workspaces/solution-3.0.json' with { type: 'json' };
import solution31 from './workspaces/solution-3.1.json' with { type: 'json' };

type Described = Readonly<Record<string, Readonly<Record<string, string>>>>;
const names = Object.keys(solution31);

/** A table as the API describes it; the standard columns stand apart. */
function described(name: string, columns: Readonly<Record<string, string>>, tableSubType: string): Json {
  const standardColumns = ['TenantId', 'TimeGenerated', 'SourceSystem', 'RawData'].map((column) => ({
    name: column,
    type: column === 'TimeGenerated' ? 'datetime' : 'string',
  }));
  const own = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
  return {
    id: `${azure.workspace}/tables/${name}`,
    name,
    properties: { plan: 'Analytics', schema: { name, tableSubType, columns: own, standardColumns } },
  };
}

const all = (columns: Described, subType: string) => names.map((name) => described(name, columns[name] ?? {}, subType));
const both = Object.fromEntries(
  names.map((name) => [name, { ...read(solution30)[name], ...read(solution31)[name] }] as const),
);

function read(description: Described): Described {
  return description;
}

async function installed(described: readonly Json[]): Promise<readonly InstalledTable[]> {
  const { world } = stage({ [`rest GET ${azure.workspace}/tables`]: azure.list(...described) });
  return readTables(azure.workspace, world.arm);
}

/** What the template makes of an installed table: its columns, then those of ours that it lacks. */
function columnsAfter(existing: readonly { readonly name: string }[], name: string): readonly string[] {
  const ours = tables.find((table) => table.name === name);
  const there = existing.map((column) => column.name);
  return [...there, ...Object.keys(ours ? allColumns(ours) : {}).filter((column) => !there.includes(column))];
}

describe('the plan for the tables', () => {
  test('of an empty workspace leaves all to the template', async () => {
    const other = described('Other_CL', { id: 'int' }, 'Classic');
    expect(planTables(await installed([other]))).toEqual({
      existingTables: {},
      additions: [],
      classic: [],
      conflicts: [],
    });
  });

  test.each([
    ['3.0', all(solution30, 'Classic'), names],
    ['migrated 3.0', all(solution30, 'DataCollectionRuleBased'), []],
    ['3.1', all(solution31, 'DataCollectionRuleBased'), []],
    ['mixed, of both families,', all(both, 'DataCollectionRuleBased'), []],
  ])('of a workspace with %s loses no column and asks for what is one way', async (_, description, classic) => {
    const found = await installed(description);
    const plan = planTables(found);
    expect(plan.classic).toEqual(classic);
    expect(plan.conflicts).toEqual([]);
    expect(Object.keys(plan.existingTables).toSorted()).toEqual(names.toSorted());
    for (const { name, columns } of found) {
      expect(plan.existingTables[name]).toEqual(columns);
      expect(columns.map((column) => column.name)).toContain('TimeGenerated');
      expect(columns.map((column) => column.name)).not.toContain('TenantId');
      const after = columnsAfter(plan.existingTables[name] ?? [], name);
      expect(after).toEqual(expect.arrayContaining(['EventId', 'EventTime', ...columns.map((column) => column.name)]));
      expect(new Set(after).size).toBe(after.length);
    }
  });

  test('names a column of another type, and what to do', async () => {
    const audit = described('Audit_CL', { ...solution31.Audit_CL, eventTime: 'string' }, 'DataCollectionRuleBased');
    const { conflicts } = planTables(await installed([audit]));
    expect(conflicts).toEqual([
      expect.stringMatching(
        /^Column eventTime of Audit_CL is string in the workspace and dateTime here\..*delete the column/,
      ),
    ]);
  });

  test('says which columns an installed table gets', async () => {
    const { additions } = planTables(await installed(all(solution31, 'DataCollectionRuleBased')));
    expect(additions.find((line) => line.startsWith('Audit_CL'))).toMatch(
      /keeps its 7 columns and gets EventId, .*SourceId/,
    );
  });

  test('takes the API’s other spellings of a type for the same type', async () => {
    const audit = described('Audit_CL', { eventTime: 'DateTime' }, 'DataCollectionRuleBased');
    expect(planTables(await installed([audit])).conflicts).toEqual([]);
  });
});
