import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tables } from '../../functions/tables/index.ts';
import { allColumns, commonColumns } from '../../functions/tables/table.ts';
import { tablesFile, tablesText } from '../../tools/generate.ts';
import columns31 from './columns-3.1.json' with { type: 'json' };

// https://learn.microsoft.com/azure/azure-monitor/logs/create-custom-table
const azureName = /^[A-Za-z][A-Za-z0-9_]{1,44}$/;
const reserved = ['id', '_resourceid', '_subscriptionid', 'tenantid', 'type', 'uniqueid', 'title'];
const columnTypes = ['string', 'real', 'long', 'boolean', 'dateTime', 'dynamic'];

const ofAzure: Record<string, string> = { datetime: 'dateTime', bool: 'boolean' };
const of31: Record<string, Record<string, string>> = columns31;
const byName = new Map(tables.map((table) => [table.name, table]));

function columnsOf(name: string): Map<string, string> {
  const table = [...byName.values()].find((candidate) => candidate.name === name);
  return new Map(Object.entries(table?.columns ?? {}));
}

/** How a 3.1 column is kept that Azure's rules or its nested source do not allow as it was. */
function successor(name: string): string | undefined {
  if (name === 'id') return 'SourceId';
  if (name.startsWith('tagMap_')) return 'tagMap';
  if (name.startsWith('advancedPhishingResult_')) return 'advancedPhishingResult';
  return undefined;
}

describe('the tables', () => {
  it('are the thirteen of the design, each named once', () => {
    expect([...byName.keys()].toSorted()).toEqual([
      'Audit_CL',
      'Awareness_Performance_Details_CL',
      'Awareness_SafeScore_Details_CL',
      'Awareness_User_Data_CL',
      'Awareness_Watchlist_Details_CL',
      'Cloud_Integrated_CL',
      'Mimecast_Health_CL',
      'Mimecast_Rejected_CL',
      'Seg_Cg_CL',
      'Seg_Dlp_CL',
      'Ttp_Attachment_CL',
      'Ttp_Impersonation_CL',
      'Ttp_Url_CL',
    ]);
    expect(tables).toHaveLength(13);
  });

  it.each(tables)('$name has a name that Azure takes', ({ name }) => {
    expect(name.slice(0, -'_CL'.length)).toMatch(azureName);
  });
});

describe.each(tables)('the columns of $name', (table) => {
  const own = Object.keys(table.columns);

  it('have names that Azure takes', () => {
    for (const name of Object.keys(allColumns(table))) {
      expect(name).toMatch(azureName);
      expect(reserved).not.toContain(name.toLowerCase());
    }
  });

  it('are fewer than the 500 of a table and of types that Azure has', () => {
    const types = Object.values(allColumns(table));
    expect(types.length).toBeLessThan(500);
    for (const type of types) expect(columnTypes).toContain(type);
  });

  it('do not differ by case alone', () => {
    expect(new Set(own.map((name) => name.toLowerCase())).size).toBe(own.length);
  });

  it('stand beside the common ones; only 3.1 has an eventTime of its own beside EventTime', () => {
    const common = Object.keys(commonColumns);
    expect(own.filter((name) => common.includes(name))).toEqual([]);
    const lowerCommon = common.map((name) => name.toLowerCase());
    expect(
      own.filter((name) => lowerCommon.includes(name.toLowerCase())).filter((name) => name !== 'eventTime'),
    ).toEqual([]);
  });
});

describe('an installed 3.1', () => {
  const counts = { Audit_CL: 7, Seg_Dlp_CL: 9, Seg_Cg_CL: 59, Cloud_Integrated_CL: 24, Ttp_Attachment_CL: 14 };
  const countsOfAwareness = { Awareness_Performance_Details_CL: 10, Awareness_User_Data_CL: 23 };

  it.each(Object.entries({ ...counts, ...countsOfAwareness }))(
    'has %s with %i columns, TimeGenerated included',
    (name, count) => {
      expect(Object.keys(of31[name] ?? {})).toHaveLength(count - 1);
    },
  );

  it('has eleven tables', () => {
    expect(Object.keys(of31)).toHaveLength(11);
  });

  it.each(Object.entries(of31))('finds its columns of %s with their types', (table, columns) => {
    const ours = columnsOf(table);
    for (const [name, type] of Object.entries(columns)) {
      if (successor(name) !== undefined || name.startsWith('mimecastEvent')) continue;
      expect([name, ours.get(name)]).toEqual([name, ofAzure[type] ?? type]);
    }
  });

  it.each(Object.entries(of31))(
    'finds what %s had under names that Azure reserves or that grew out of nested values',
    (table, columns) => {
      const ours = columnsOf(table);
      for (const name of Object.keys(columns)) {
        const renamed = successor(name);
        if (renamed === undefined) continue;
        expect(ours.has(name)).toBe(false);
        expect([renamed, ours.get(renamed)]).toEqual([renamed, renamed === 'SourceId' ? 'string' : 'dynamic']);
      }
    },
  );

  it('loses only the two columns that no source field fills', () => {
    const lost = Object.entries(of31).flatMap(([table, columns]) =>
      Object.keys(columns)
        .filter((name) => !columnsOf(table).has(successor(name) ?? name))
        .map((name) => `${table}.${name}`),
    );
    expect(lost).toEqual(['Ttp_Url_CL.mimecastEventId', 'Ttp_Url_CL.mimecastEventCategory']);
  });
});

describe('bicep/tables.json', () => {
  it('is what `npm run generate` writes', () => {
    expect(readFileSync(tablesFile, 'utf8')).toBe(tablesText());
  });

  it('begins each table with the common columns and spells types as the tables API does', () => {
    for (const { columns } of schema()) {
      expect(columns.slice(0, 2)).toEqual([
        { name: 'TimeGenerated', type: 'dateTime' },
        { name: 'EventId', type: 'string' },
      ]);
      expect(columns.map((column) => column.name).slice(0, 6)).toEqual(Object.keys(commonColumns));
    }
    expect(schema().map((table) => table.name)).toEqual(tables.map((table) => table.name));
  });

  function schema(): readonly { name: string; columns: readonly { name: string; type: string }[] }[] {
    return JSON.parse(readFileSync(tablesFile, 'utf8'));
  }
});
