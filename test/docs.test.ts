import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../functions/collect/fault.ts';
import { connectors } from '../functions/connectors.ts';
import { feeds } from '../functions/feeds/index.ts';
import { readSchedules } from '../functions/settings/schedule.ts';
import { tables } from '../functions/tables/index.ts';
import { mimecastHealth } from '../functions/tables/mimecast-health.ts';
import { mimecastRejected } from '../functions/tables/mimecast-rejected.ts';
import { commonColumns } from '../functions/tables/table.ts';
import { parsersOf } from '../local/sentinel/content/parser-file.ts';
import { workspace } from '../local/sentinel/content/workspace.ts';
import { analyze } from '../local/sentinel/kql/language.ts';
import packageJson from '../package.json' with { type: 'json' };
import { nowMs, read } from './minimal-environment.ts';
import { settingsRead } from './settings-read.ts';

const root = join(import.meta.dirname, '..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
const paths = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs.map((path) => `docs/${path}`)]
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.endsWith('.md'));
const documents = new Map(paths.map((path) => [path, textOf(path)]));
const readme = textOf('README.md');
const operations = textOf('docs/operations.md');
const parsers = parsersOf(
  readdirSync(join(root, 'parsers-kql')).map((name) => ({ path: name, text: textOf(`parsers-kql/${name}`) })),
);
const scripts = new Map(Object.entries(packageJson.scripts));

/** The text without its blocks of code. */
function prose(text: string): string {
  return text.replace(/^```[^]*?^```$/gm, '');
}

/** The blocks of code in a language. */
function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, of, code]) =>
    of === language && code !== undefined ? [code] : [],
  );
}

/** The part of a text under a heading, up to the next heading of any level. */
function section(text: string, heading: string): string {
  const parts = prose(text).split(/^#+ /m);
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** The rows of the tables in a text, without their headings; cells without backticks. */
function rows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const isRule = (line: string | undefined) => /^\|[ :|-]+\|$/.test(line ?? '');
  return lines.filter((line, index) => !isRule(line) && !isRule(lines[index + 1])).map(cells);
}

function cells(line: string): readonly string[] {
  const inner = line.slice(1, -1).split(/(?<!\\)\|/);
  return inner.map((cell) =>
    cell
      .trim()
      .replaceAll('\\|', '|')
      .replace(/^`([^`]*)`$/, '$1'),
  );
}

/** What the headings of a text are called in links. */
function anchors(text: string): readonly string[] {
  const headings = [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );
}

/** The links of a document that lead nowhere, out of the repository included. */
function brokenLinks(path: string, text: string): readonly string[] {
  const targets = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !target.startsWith('https://') && !leads(path, text, target));
}

function leads(path: string, text: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const to = file === '' ? path : posix.join(posix.dirname(path), file);
  if (to.startsWith('..') || !existsSync(join(root, to))) return false;
  return anchor === undefined || anchors(to === path ? text : textOf(to)).includes(anchor);
}

/** The npm commands of a text that package.json has no script for, and their options that the script's program has not. */
function unknownCommands(text: string): readonly string[] {
  const commands = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)((?: -- [^`\n&|]+)?)/g)];
  return commands.flatMap(([, run, short, args = '']) => {
    const name = run ?? short ?? '';
    const script = scripts.get(name);
    if (script === undefined) return [name];
    const program = /^node (\S+\.ts)$/.exec(script)?.[1];
    const declared = program ? textOf(program === 'tools/start.ts' ? 'local/options.ts' : program) : undefined;
    const options = [...args.matchAll(/ --([\w-]+)/g)].map(([, option = '']) => option);
    return options.filter((option) => declared && !new RegExp(`\\b${option}'?: (\\{ type:|flag|text)`).test(declared));
  });
}

describe.each([...documents])('%s', (path, text) => {
  it('links only to what is there', () => {
    expect(brokenLinks(path, text)).toEqual([]);
  });

  it('names only npm scripts that exist, with options they have', () => {
    expect(unknownCommands(text)).toEqual([]);
  });

  it('names only tests that exist', () => {
    for (const [, file = '', name = ''] of text.matchAll(
      /npx vitest (?:run )?(test\/\S+?)(?: -t '([^']+)')?(?=[\s`])/g,
    )) {
      expect([file, existsSync(join(root, file))]).toEqual([file, true]);
      expect(name === '' || textOf(file).includes(name)).toBe(true);
    }
  });

  it('has queries that Microsoft’s binder takes', () => {
    const schema = workspace(parsers);
    for (const query of blocks(text, 'kusto')) expect([query, analyze(query, schema).diagnostics]).toEqual([query, []]);
  });
});

describe('the README', () => {
  const settings = rows(section(readme, 'Settings'));

  it('lists every setting that the app reads, and no other', () => {
    expect(settings.map(([name = '']) => name).toSorted()).toEqual([...settingsRead()].toSorted());
  });

  it('gives each setting its true default', () => {
    const defaults = settings.filter(([, , value = '']) => !['required', 'none', '60 days ago'].includes(value));
    expect(defaults.length).toBeGreaterThan(8);
    for (const [name = '', , value] of defaults) {
      const set = { [name]: value };
      expect([name, read(set)]).toEqual([name, read()]);
      expect([name, readSchedules(set, connectors)]).toEqual([name, readSchedules({}, connectors)]);
    }
    expect(read().startDate).toBe(new Date(nowMs - 60 * 86_400_000).toISOString().slice(0, 10));
  });

  it('calls those settings required without which the app does not run', () => {
    for (const [name = '', , value] of settings)
      expect([name, value === 'required']).toEqual([name, ['LOGS_INGESTION', 'CHECKPOINT_STORAGE'].includes(name)]);
  });

  it('shows a LOGS_INGESTION that the app takes, with every table', () => {
    const [example = ''] = blocks(readme, 'json');
    const named = read({ LOGS_INGESTION: example }).logsIngestion.flatMap((destination) => destination.tables);
    expect(named).toEqual(tables.map(({ name }) => name));
  });

  it('explains every fault, and no other', () => {
    const faults = {
      throttled: true,
      unavailable: true,
      expired: true,
      denied: true,
      malformed: true,
      oversized: true,
      superseded: true,
    } satisfies Record<Fault, true>;
    expect(rows(section(readme, 'When something is wrong')).map(([fault]) => fault)).toEqual(Object.keys(faults));
  });

  it('lists every feed with its connector, table and source', () => {
    const listed = rows(section(readme, 'Tables')).map(([connector, feed, table, source]) => [
      connector,
      feed,
      table,
      source,
    ]);
    const known = connectors.flatMap(({ name, feeds: own }) =>
      own.map((feed) => [name, feed.name, feed.table.name, feed.source.kind]),
    );
    expect(listed).toEqual(known);
  });

  it('names every table and every common column, and no table that is not there', () => {
    const named = new Set([...readme.matchAll(/\b[A-Z]\w+_CL\b/g)].map(([name]) => name));
    named.delete('X_CL');
    expect([...named].toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
    for (const column of Object.keys(commonColumns)) expect(section(readme, 'Tables')).toContain(`\`${column}\``);
  });

  it('quotes the loop as it is', () => {
    const trimmed = (text: string) => text.split('\n').map((line) => line.trim());
    const [quote = ''] = blocks(readme, 'ts');
    expect(quote).toContain('lease.save(page.next');
    expect(trimmed(textOf('functions/collect/collect.ts')).join('\n')).toContain(trimmed(quote).join('\n').trim());
  });
});

describe('the operations page', () => {
  it('explains the columns of Health and Rejected', () => {
    expect(rows(section(operations, 'Health')).map(([column]) => column)).toEqual(Object.keys(mimecastHealth.columns));
    const [rejected] = section(operations, 'Rejected rows').split('| reason');
    expect(rows(rejected ?? '').map(([column]) => column)).toEqual(Object.keys(mimecastRejected.columns));
  });

  it('says for every feed what Mimecast has to grant', () => {
    const granted = rows(section(operations, 'What Mimecast has to grant'));
    expect(granted).toEqual(feeds.map(({ name, product }) => [name, product]));
  });
});

describe('the decision records', () => {
  const records = paths.filter((path) => path.startsWith('docs/decisions/')).toSorted();

  it('are numbered one after the other, and CONTRIBUTING lists them all', () => {
    expect(records.length).toBeGreaterThan(0);
    for (const [index, path] of records.entries()) {
      expect(path).toContain(`/${String(index + 1).padStart(4, '0')}-`);
      expect(textOf(path)).toMatch(new RegExp(`^# ${index + 1}\\. `));
      expect(textOf('CONTRIBUTING.md')).toContain(`](${path})`);
    }
  });

  it.each(records)('say in %s context, decision and consequence', (path) => {
    const parts = [...textOf(path).matchAll(/^\*\*(\w+)\.\*\*/gm)].map(([, part]) => part);
    expect(parts).toEqual(['Context', 'Decision', 'Consequence']);
  });
});

describe('these tests', () => {
  it.each([
    ['[gone](functions/gone.ts)', ['functions/gone.ts']],
    ['[outside](../outside.md)', ['../outside.md']],
    ['[nowhere](docs/operations.md#nowhere)', ['docs/operations.md#nowhere']],
    ['# One, two\n[here](#one-two) [there](#three)', ['#three']],
    ['[there](docs/operations.md#health) ![picture](docs/overview.svg) [web](https://example.com)', []],
  ])('find what links nowhere in %j', (text, broken) => {
    expect(brokenLinks('README.md', text)).toEqual(broken);
  });

  it.each([
    ['`npm run fly`', ['fly']],
    ['npm ci && npm start -- --once --fast', ['fast']],
    ['`npm start -- --once`, then `npm run check && npm test`', []],
  ])('find the commands that are not there in %j', (text, unknown) => {
    expect(unknownCommands(text)).toEqual(unknown);
  });

  it('read cells of a table, escaped bars included', () => {
    const text =
      '# Head\n\n| a | b |\n| --- | --- |\n| `one` | two \\| three |\n\n# Next\n\n| c |\n| --- |\n| four |\n';
    expect(rows(section(text, 'Head'))).toEqual([['one', 'two | three']]);
  });
});
