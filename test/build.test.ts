import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import { connectors } from '../functions/connectors.ts';
import { loadApp } from '../local/worker.ts';
import packageJson from '../package.json' with { type: 'json' };
import { build } from '../tools/build.ts';

const root = join(import.meta.dirname, '..');
const dist = inject('dist');

async function filesOf(directory: string): Promise<ReadonlySet<string>> {
  return new Set(await readdir(directory, { recursive: true }));
}

describe('the built app', () => {
  test('is four files', async () => {
    expect(await filesOf(dist)).toEqual(new Set(['cut-thread.cjs', 'host.json', 'index.cjs', 'package.json']));
  });

  test('has a package.json with name, version and main, and no dependencies', async () => {
    const { name, version } = packageJson;
    expect(JSON.parse(await readFile(join(dist, 'package.json'), 'utf8'))).toEqual({
      name,
      version,
      main: 'index.cjs',
    });
  });

  test('has the host.json of the repository', async () => {
    expect(await readFile(join(dist, 'host.json'), 'utf8')).toBe(await readFile(join(root, 'host.json'), 'utf8'));
  });

  test('is small: no library brings along what the app has no use for', async () => {
    // A named import of zod's `z`, for one, adds all its languages: 440 KB.
    expect((await stat(join(dist, 'index.cjs'))).size).toBeLessThan(1_800_000);
  });

  test('names no folder of the machine it was built on', async () => {
    expect(await readFile(join(dist, 'index.cjs'), 'utf8')).not.toContain(root);
  });

  test('registers the five timers with their schedules, away from any node_modules', async () => {
    expect(relative(root, dist)).toMatch(/^\.\./);
    const { functions } = await loadApp(dist);
    const schedules = [...functions].map(([name, { schedule }]) => [name, schedule]);
    expect(schedules).toEqual(connectors.map(({ name, schedule }) => [name, schedule]));
  });

  test('loads in a process of its own, with nothing printed and nothing set', async () => {
    const worker = pathToFileURL(join(root, 'local', 'worker.ts')).href;
    const code = `import { loadApp } from ${JSON.stringify(worker)};
      const { functions } = await loadApp(${JSON.stringify(dist)});
      console.log([...functions.keys()].join());`;
    const options = { cwd: dist, env: { PATH: process.env['PATH'] } };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', code],
      options,
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'Audit,Seg,Ttp,Awareness,CloudIntegrated\n', stderr: '' });
  });
});

describe('the build', () => {
  test('leaves nothing of an earlier one', async () => {
    const target = await mkdtemp(join(tmpdir(), 'build-'));
    try {
      await writeFile(join(target, 'index.cjs.map'), 'old');
      await build(target);
      expect(await filesOf(target)).toEqual(new Set(['cut-thread.cjs', 'host.json', 'index.cjs', 'package.json']));
    } finally {
      await rm(target, { recursive: true, force: true });
    }
  });
});
