import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parsersOf } from '../../local/sentinel/content/parser-file.ts';
import { durationMs } from '../../local/sentinel/content/duration.ts';
import { shippedWatchlists } from '../../local/sentinel/content/watchlists.ts';
import { contentFile, contentText } from '../../tools/generate.ts';
import { bicepFile, root, valueOf } from './bicep-files.ts';

/** The files of a folder that Bicep loads, as it reads them. */
function filesIn(folder: string, ending: string): readonly { name: string; text: string }[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => ({
    name: name.slice(0, -ending.length),
    text: readFileSync(join(root, folder, name), 'utf8'),
  }));
}

const rules = filesIn('analytics-rules', '.yaml').map(({ name, text }) => {
  const rule: Record<string, unknown> = parse(text);
  return { file: name, rule };
});
const rulesFile = bicepFile('bicep/content/rules.bicep');
const durations = ['queryFrequency', 'queryPeriod', 'suppressionDuration'];

/** What rules.bicep makes of a duration. */
function isoDuration(text: string): string {
  return text.startsWith('P') ? text : text.endsWith('d') ? `P${text.toUpperCase()}` : `PT${text.toUpperCase()}`;
}

describe('bicep/content/list.bicep', () => {
  it('is what `npm run generate` writes of the folders as they are', () => {
    expect(readFileSync(contentFile, 'utf8')).toBe(contentText());
  });
});

describe('the parsers', () => {
  it('are cut into parameters and body as every other reader cuts them', () => {
    const source = bicepFile('bicep/content/parsers.bicep').text;
    expect(source).toContain(
      "substring(it.head, indexOf(it.head, '(') + 1, length(it.head) - indexOf(it.head, '(') - 2)",
    );
    for (const { name, text } of filesIn('parsers-kql', '.kql')) {
      const [first = '', ...rest] = text.split('\n');
      const head = first.trim();
      const parameters = head.slice(head.indexOf('(') + 1, -1);
      const [parser] = parsersOf([{ path: `${name}.kql`, text }]);
      expect([`(${parameters})`, rest.join('\n')]).toEqual([parser?.parameters, parser?.body]);
    }
  });

  it('are saved under the names of their functions', () => {
    expect(bicepFile('bicep/content/parsers.bicep').text).toMatch(/name: it\.name\n[^]*functionAlias: it\.name\n/);
  });
});

describe.each(rules)('the rule $file', ({ rule }) => {
  it('has nothing that Bicep leaves out, save what only a template has', () => {
    const ofTemplates = ['requiredDataConnectors', 'status', 'version'];
    const read = new Set([...rulesFile.text.matchAll(/rule\.\??(\w+)/g)].map(([, key]) => key));
    const lost = Object.keys(rule).filter((key) => !read.has(key) && !ofTemplates.includes(key));
    expect(lost).toEqual(['kind']);
  });

  it('has what Bicep reads without asking', () => {
    const needed = new Set([...rulesFile.text.matchAll(/\brule\.(\w+)/g)].map(([, key = '']) => key));
    expect([...needed].filter((key) => !(key in rule))).toEqual([]);
    expect(rule['incidentConfiguration']).toMatchObject({
      groupingConfiguration: { lookbackDuration: expect.any(String) },
    });
  });

  it('has durations and an operator that Bicep translates', () => {
    for (const key of durations) {
      const text = String(rule[key]);
      expect([key, durationMs(isoDuration(text))]).toEqual([key, durationMs(text)]);
      expect(isoDuration(text)).toMatch(/^P(\d+D|T\d+[HM])$/);
    }
    expect(valueOf(rulesFile, 'operators').text).toContain(`${String(rule['triggerOperator'])}: `);
  });
});

describe('the rules', () => {
  it('have ids of their own, by which they are installed', () => {
    const ids = rules.map(({ rule }) => rule['id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rulesFile.text).toContain('name: rule.id');
  });

  it('are created disabled when informational', () => {
    expect(rulesFile.text).toContain("enabled: enable && rule.severity != 'Informational'");
  });
});

describe('the workbooks', () => {
  const workbooks = filesIn('workbooks', '.json').map(({ name, text }) => ({
    name,
    size: JSON.stringify(JSON.parse(text)).length,
  }));

  it('fit into the one module that sends them', () => {
    expect(workbooks.length).toBeGreaterThan(0);
    // A module is a resource, and a resource is 1 MB at most: https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits
    expect(workbooks.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(950_000);
  });

  it('are such that Sentinel lists them, under names that stay', () => {
    const { text } = bicepFile('bicep/content/workbooks.bicep');
    for (const part of ["category: 'sentinel'", 'sourceId: workspaceId', 'id: guid(workspaceId, workbook.name)'])
      expect(text).toContain(part);
  });
});

describe('the watchlists', () => {
  it('are searched by the column that the rules know', () => {
    const keys = Object.entries(shippedWatchlists).map(([alias, { searchKey }]) => `${alias}: '${searchKey}'`);
    expect(valueOf(bicepFile('bicep/content/watchlists.bicep'), 'searchKeys').text).toBe(`{ ${keys.join(', ')} }`);
    for (const { name, text } of filesIn('watchlists', '.csv'))
      expect(
        keys.some(
          (key) =>
            key.startsWith(`${name}: '`) &&
            text
              .split('\n')[0]
              ?.split(',')
              .includes(key.split("'")[1] ?? ''),
        ),
      ).toBe(true);
  });

  it('are never overwritten', () => {
    expect(bicepFile('bicep/main.bicep').text).toContain(
      "var kept = content == 'overwrite' ? filter(installed, item => startsWith(item, 'watchlists/')) : installed",
    );
  });
});
