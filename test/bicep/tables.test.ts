import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { tables } from '../../functions/tables/index.ts';
import { allColumns } from '../../functions/tables/table.ts';
import { bicepFile } from './bicep-files.ts';

const collection = bicepFile('bicep/modules/collection-rules.bicep');
const creation = bicepFile('bicep/modules/tables.bicep');
const main = bicepFile('bicep/main.bicep');

// https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-rule-structure
const streamTypes = ['string', 'int', 'long', 'real', 'boolean', 'dynamic', 'datetime'];

describe('the data collection rules', () => {
  it('are two, which share all tables between them, at most ten each', () => {
    const [, taken] = /var parts = \[take\(tables, (\d+)\), skip\(tables, \1\)\]/.exec(collection.text) ?? [];
    const first = Number(taken);
    expect([first, tables.length - first].every((count) => count > 0 && count <= 10)).toBe(true);
  });

  it('read their tables from where they are generated, and nothing else names one', () => {
    for (const { text } of [collection, creation]) {
      expect(text).toContain("loadJsonContent('../tables.json')");
      expect(text).not.toMatch(/\w_CL/);
    }
  });

  it('call the stream of X_CL Custom-X_CL, as the app does', () => {
    expect(collection.text.match(/'Custom-\$\{table\.name\}'/g)).toHaveLength(3);
  });

  it('have streams of types that Azure has', () => {
    const types = tables.flatMap((table) => Object.values(allColumns(table)));
    for (const type of types) expect(streamTypes).toContain(type.toLowerCase());
  });

  it('change no row', () => {
    expect(collection.text.match(/transformKql: '[^']*'/g)).toEqual(["transformKql: 'source'"]);
  });
});

describe('the tables', () => {
  it('come before the rules that fill them', () => {
    expect(main.text).toMatch(/module rules [^]*?dependsOn: \[tables, /);
  });

  it('keep the columns that are there, before those that lack', () => {
    expect(creation.text).toContain('columns: concat(table.existing, table.missing)');
    expect(creation.text).toContain('existing: existingTables[?table.name] ?? []');
  });

  it('are sent plan and retention only when asked to', () => {
    expect(creation.text).toContain("contains(basicTables, table.name) ? { plan: 'Basic' } : {}");
    expect(creation.text).toMatch(/retentionDays > 0 && [^\n]+ \? \{ retentionInDays: retentionDays \} : \{\}/);
    expect(creation.text).toContain('totalRetentionDays > 0 ? { totalRetentionInDays: totalRetentionDays } : {}');
    for (const name of ['retentionDays', 'totalRetentionDays']) expect(main.text).toContain(`param ${name} int = 0`);
  });

  it('may be Basic when a feed fills them; alerts read the two others', () => {
    const [, allowed = ''] = /@allowed\(\[([^\]]*)\]\)\nparam basicTables array = \[\]/.exec(main.text) ?? [];
    const filled = connectors.flatMap(({ feeds }) => feeds.map(({ table }) => table.name));
    expect(allowed.match(/\w+/g)?.toSorted()).toEqual(filled.toSorted());
    expect(main.text).toMatch(/content == 'none' \|\| empty\(basicTables\)\n\s*\? basicTables\n\s*: fail\(/);
  });
});
