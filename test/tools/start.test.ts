import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Overview } from '../../local/server/overview.ts';
import { totalsOf } from '../../local/web/totals.ts';

const program = join(import.meta.dirname, '..', '..', 'tools', 'start.ts');
const small = ['--days', '1', '--users', '40'];
let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm start` in a folder of its own. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => void (said.out += String(text)));
  child.stderr.on('data', (text) => void (said.err += String(text)));
  const ended = once(child, 'close').then(([code]) => Number(code));
  return { child, said, ended };
}

/** A port that nobody uses. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function overviewAt(port: number): Promise<Overview> {
  return JSON.parse(await (await fetch(`http://127.0.0.1:${port}/api/overview`)).text());
}

test('a Node that is too old is told so in one sentence', () => {
  const check = JSON.stringify(join(program, '..', 'check-node.cjs'));
  const code = (version: string) =>
    `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require(${check}); console.log('on');`;
  const run = (version: string) => spawnSync(process.execPath, ['-e', code(version)], { encoding: 'utf8' });
  expect(run('22.18.0')).toMatchObject({ status: 1, stdout: '' });
  expect(run('22.18.0').stderr).toMatch(/^This needs Node 24, and this is Node 22\.18\.0\. Install Node 24/);
  expect(run('24.5.0')).toMatchObject({ status: 0, stdout: 'on\n', stderr: '' });
});

test('--help says how it is used', async () => {
  const { said, ended } = start('--help');
  expect(await ended).toBe(0);
  expect(said.out).toContain('npm start -- --once');
});

test('a wrong option is named, without a stack', async () => {
  const { said, ended } = start('--days', 'soon');
  expect(await ended).toBe(1);
  expect(said).toEqual({ out: '', err: '--days is soon: give a whole number from 1 to 60.\n' });
});

test('a folder that cannot be written is named', async () => {
  writeFileSync(join(folder, '.local'), 'a file');
  const { said, ended } = start();
  expect(await ended).toBe(1);
  expect(said.err).toMatch(/\.local.simulated cannot be written \(\w+\)\. Run npm start in/);
});

test('a port that is taken is named, and nothing is left locked', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  for (let time = 0; time < 2; time++) {
    const { said, ended } = start('--port', String(port), ...small);
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      `Port ${port} is in use. Stop what uses it, or take another one: npm start -- --port ${port + 1}\n`,
    );
  }
  server.close();
});

test('--once --json prints one JSON object in which nothing is lost', async () => {
  const { said, ended } = start('--once', '--json', ...small);
  expect(await ended).toBe(0);
  expect(said.err).toBe('');
  const report = JSON.parse(said.out);
  expect(Object.keys(report)).toEqual(['tables', 'alerts', 'rejected', 'lost', 'seconds']);
  expect(report.lost).toBe(0);
  expect(report.tables.Seg_Cg_CL).toBeGreaterThan(100);
});

test('Ctrl-C before it is ready ends it at once, and the next start is none the worse', async () => {
  const port = await freePort();
  const first = start('--port', String(port), '--days', '3');
  await expect.poll(() => first.said.out, { timeout: 50_000 }).toContain('Open http');
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(first.said.out).not.toContain('Ready.');
  const second = start('--port', String(port));
  await expect.poll(() => second.said.out, { timeout: 50_000 }).toContain('Ready.');
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
}, 120_000);

test('it shows a page, ends well at Ctrl-C, and goes on where it was', async () => {
  const port = await freePort();
  const first = start('--port', String(port), ...small);
  await expect.poll(() => first.said.out, { timeout: 50_000 }).toContain('Ready.');
  expect(first.said.out).toContain(`Open http://127.0.0.1:${port}`);
  await expect.poll(() => first.said.out, { timeout: 50_000 }).toMatch(/SegCg +[\d,]+ rows sent, caught up/);

  const second = start('--port', String(await freePort()), ...small);
  expect(await second.ended).toBe(1);
  expect(second.said.err).toContain('in use by another npm start');

  const before = totalsOf(await overviewAt(port));
  const asked = Date.now();
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(7000);
  expect(first.said.err).toBe('');

  const third = start('--port', String(port));
  await expect.poll(() => third.said.out, { timeout: 50_000 }).toContain('Ready.');
  expect(third.said.out).toContain('Going on where the last start ended.');
  const after = totalsOf(await overviewAt(port));
  expect(after.served).toBeGreaterThanOrEqual(before.served ?? 0);
  expect(after.landed).toBeGreaterThanOrEqual(before.landed ?? 0);
  await expect
    .poll(() => third.said.out, { timeout: 50_000 })
    .toMatch(/SegCg +(\d+ rows? sent|nothing new), caught up/);
  expect(totalsOf(await overviewAt(port))).toMatchObject({ lost: 0, repeated: 0 });
  third.child.kill('SIGINT');
  expect(await third.ended).toBe(0);
}, 180_000);
