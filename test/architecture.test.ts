import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What each part of the app may import: parts, packages (`@azure/*`: all of a scope) and Node's modules (`node:*`: all). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  tables: ['tables'],
  collect: ['collect', 'tables', 'node:crypto', 'node:buffer'],
  feeds: ['feeds', 'collect', 'tables'],
  mimecast: ['mimecast', 'collect', 'tables/json.ts', 'tables/table.ts', 'axios', 'zod', 'node:*'],
  azure: ['azure', 'collect', 'tables', 'zod', '@azure/*', 'node:util', 'node:zlib'],
  connectors: ['feeds', 'tables'],
  settings: ['settings', 'connectors', 'collect/fault.ts', 'tables', 'zod'],
  clock: ['collect/ports.ts', 'node:timers/promises'],
  version: ['../package.json'],
  'run-limits': ['collect'],
  thread: ['thread', 'collect', 'feeds', 'node:worker_threads'],
  adapters: ['azure', 'mimecast', 'thread', 'collect', 'settings'],
  index: [
    'adapters',
    'run-limits',
    'tables',
    'collect',
    'feeds',
    'mimecast',
    'azure',
    'connectors',
    'settings',
    'clock',
    'version',
    '@azure/functions',
    'zod',
    'node:*',
  ],
};

/** The text of every source file by its path inside `functions`. */
const sources = readSources(join(import.meta.dirname, '..', 'functions'));

function readSources(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path), 'utf8')]));
}

/** The part a file belongs to: its folder, or its name. */
function partOf(path: string): string {
  const [first = ''] = path.split('/');
  return first.replace(/\.ts$/, '');
}

/** What a file imports, statically, for its types alone, or at run time: paths inside `functions`, else as written. */
function importsOf(path: string, code: string): readonly string[] {
  const statements = code.matchAll(/^\s*(?:import|export)\b(?:[^'"`;=]*\bfrom)?\s*(['"])([^'"]+)\1/gm);
  const calls = code.matchAll(/\b(?:import|require)\s*\(\s*(['"`])([^'"`]+)\1/g);
  const specifiers = [...statements, ...calls].map((match) => match[2] ?? '');
  return specifiers.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));
}

function isAllowed(from: string, imported: string): boolean {
  return (allowed[partOf(from)] ?? []).some((entry) => {
    if (entry.endsWith('*')) return imported.startsWith(entry.slice(0, -1)) && imported !== '@azure/functions';
    return entry === imported || (imported.endsWith('.ts') && !imported.startsWith('..') && entry === partOf(imported));
  });
}

const environment = /(?<![.\w'"])(?:globalThis\.)?process\s*[.?[]|\bnode:process\b/;
const clocks = /\b(?:Date\.now|Math\.random|performance\.now)\b|\bnew Date\(\s*\)|\bDate\(\s*\)/;
const effects = /\b(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|fetch|AbortSignal\.timeout)\(|\bconsole\./;

/** What a file must not do: import what its part may not have, and reach for what is passed in. */
function faultsIn(path: string, text: string): readonly string[] {
  const part = partOf(path);
  const code = text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
  const refused = [
    ...(['settings', 'index'].includes(part) ? [] : [environment]),
    ...(['clock', 'index', 'adapters'].includes(part) ? [] : [clocks]),
    ...(['tables', 'collect', 'feeds', 'settings', 'connectors'].includes(part) ? [effects] : []),
  ];
  const reached = refused.flatMap((pattern) => pattern.exec(code)?.[0] ?? []);
  return [...importsOf(path, code).filter((imported) => !isAllowed(path, imported)), ...reached];
}

describe('the app', () => {
  test('is seen by this test', () => {
    const expected = [
      'collect/collect.ts',
      'feeds/audit.ts',
      'tables/audit.ts',
      'mimecast/client.ts',
      'connectors.ts',
      'settings.ts',
      'clock.ts',
    ];
    expect([...sources.keys()]).toEqual(expect.arrayContaining(expected));
    expect(importsOf('feeds/audit.ts', sources.get('feeds/audit.ts') ?? '')).toEqual(
      expect.arrayContaining(['collect/feed.ts', 'tables/audit.ts', 'tables/table.ts']),
    );
    expect(Object.keys(allowed)).toEqual(expect.arrayContaining([...sources.keys()].map(partOf)));
  });

  test.each([...sources])('imports in %s only what its part may', (path, text) => {
    expect(faultsIn(path, text)).toEqual([]);
  });
});

describe('this test', () => {
  test.each([
    ['collect/loop.ts', `import axios from 'axios';`, 'axios'],
    ['collect/loop.ts', `import { type Feed, feed } from "../feeds/index.ts";`, 'feeds/index.ts'],
    ['collect/loop.ts', `import {\n  readFile,\n} from 'node:fs/promises';`, 'node:fs/promises'],
    ['collect/deep/loop.ts', `import type { Client } from '../../mimecast/client.ts';`, 'mimecast/client.ts'],
    ['collect/loop.ts', `const later = () => setTimeout(next, 1);`, 'setTimeout('],
    ['tables/audit.ts', `export * from '../collect/cells.ts';`, 'collect/cells.ts'],
    ['feeds/audit.ts', `import 'zod';`, 'zod'],
    ['mimecast/client.ts', `const azure = await import('../azure/logs.ts');`, 'azure/logs.ts'],
    ['mimecast/client.ts', `import { audit } from '../tables/audit.ts';`, 'tables/audit.ts'],
    ['mimecast/client.ts', `const now = Date.now();`, 'Date.now'],
    ['mimecast/client.ts', `const now = new Date();`, 'new Date()'],
    ['azure/logs.ts', `const jitter = Math.random();`, 'Math.random'],
    ['azure/logs.ts', `const { app } = require('@azure/functions');`, '@azure/functions'],
    ['azure/logs.ts', `const region = process.env['REGION'];`, 'process.'],
    ['azure/logs.ts', `import { readSettings } from '../settings.ts';`, 'settings.ts'],
    ['settings.ts', `import { app } from './index.ts';`, 'index.ts'],
    ['settings/urls.ts', `import { isIP } from 'node:net';`, 'node:net'],
    ['connectors.ts', `import { build } from '../tools/build.ts';`, '../tools/build.ts'],
    ['index.ts', `import { loadApp } from '../local/worker.ts';`, '../local/worker.ts'],
    ['helpers.ts', `import { audit } from './tables/audit.ts';`, 'tables/audit.ts'],
  ])('finds in %s what must not be there: %s', (path, text, fault) => {
    expect(faultsIn(path, text)).toEqual([fault]);
  });

  test.each([
    [
      'collect/window.ts',
      `import { hash } from 'node:crypto';\n// Date.now() is passed in\nconst from = { from: 'axios' };`,
    ],
    ['feeds/audit.ts', `import { text } from '../collect/cells.ts';\nexport const process = text(event['process']);`],
    ['azure/logs.ts', `import { LogsIngestionClient } from '@azure/monitor-ingestion';\nconst day = new Date(nowMs);`],
    [
      'index.ts',
      `import { app } from '@azure/functions';\nconst settings = readSettings(process.env, connectors, Date.now());`,
    ],
  ])('finds nothing else in %s', (path, text) => {
    expect(faultsIn(path, text)).toEqual([]);
  });
});
