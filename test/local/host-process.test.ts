import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FromHost } from '../../local/host-messages.ts';
import { type HostProcess, type HostState, startHostProcess } from '../../local/host-process.ts';

let folder: string;
let host: HostProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-'));
});
afterEach(async () => {
  await host?.stop();
  host = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Starts an app of this code under the host. */
async function start(code: string, due: Readonly<Record<string, number>> = {}) {
  await build({
    stdin: { contents: `import { app } from '@azure/functions';\n${code}`, resolveDir: import.meta.dirname },
    outfile: join(folder, 'app.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@azure/functions-core'],
  });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ main: 'app.cjs' }));
  const messages: FromHost[] = [];
  const states: HostState[] = [];
  const lines: string[] = [];
  host = startHostProcess({
    folder,
    environment: {},
    due: () => due,
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
    onLine: (line) => lines.push(line),
  });
  const of = (kind: FromHost['kind'], name?: string) =>
    messages.filter(
      (message) => message.kind === kind && (name === undefined || ('name' in message && message.name === name)),
    );
  return { host, messages, states, lines, of };
}

const yearly = `schedule: '0 0 0 1 1 *'`;

test('all functions fire at the start, say what they log, and when they fire next', async () => {
  const { of } = await start(
    `
    app.timer('A', { ${yearly}, handler: (timer, context) => context.log(timer.isPastDue ? 'late' : 'in time') });
    app.timer('B', { ${yearly}, handler() { throw new Error('broken'); } });`,
    { A: Date.now() - 60_000 },
  );
  await expect.poll(() => of('due').length, { timeout: 20_000 }).toBe(2);
  expect(of('registered')).toMatchObject([{ timers: [{ name: 'A' }, { name: 'B' }] }]);
  expect(of('started')).toMatchObject([
    { name: 'A', isPastDue: true },
    { name: 'B', isPastDue: false },
  ]);
  expect(of('log', 'A')).toMatchObject([{ message: 'late', level: 'information' }]);
  expect(of('ended', 'A')).toEqual([{ kind: 'ended', name: 'A' }]);
  expect(of('ended', 'B')).toEqual([{ kind: 'ended', name: 'B', failure: 'broken' }]);
  const next = Date.UTC(new Date().getUTCFullYear() + 1, 0, 1);
  expect(of('due', 'A')).toEqual([{ kind: 'due', name: 'A', due: next }]);
});

test('a function fires out of turn', async () => {
  const { host: process, of } = await start(`app.timer('A', { ${yearly}, handler() {} });`);
  await expect.poll(() => of('due').length, { timeout: 20_000 }).toBe(1);
  process.fire('A');
  await expect.poll(() => of('ended').length, { timeout: 20_000 }).toBe(2);
});

test('a killed process is started again, and its functions fire', async () => {
  const {
    host: process,
    of,
    states,
  } = await start(`app.timer('A', { ${yearly}, handler: () => new Promise(() => {}) });`);
  await expect.poll(() => of('started').length, { timeout: 20_000 }).toBe(1);
  const { pid } = process;
  process.kill();
  await expect.poll(() => of('started').length, { timeout: 20_000 }).toBe(2);
  expect(process.pid).not.toBe(pid);
  expect(states).toEqual(['running', 'restarting', 'starting', 'running']);
});

test('a process that is told to stop lets its runs end, and ends', async () => {
  const {
    host: process,
    of,
    states,
  } = await start(`
    let end; app.hook.appTerminate(async () => { end(); await new Promise((resolve) => setTimeout(resolve, 300)); });
    app.timer('A', { ${yearly}, handler: () => new Promise((resolve) => { end = resolve; }) });`);
  await expect.poll(() => of('started').length, { timeout: 20_000 }).toBe(1);
  const stopped = Date.now();
  await process.stop();
  expect(Date.now() - stopped).toBeGreaterThanOrEqual(300);
  expect(of('ended')).toEqual([{ kind: 'ended', name: 'A' }]);
  expect(states.at(-1)).toBe('stopped');
});

test('a process that is told to stop while it starts ends, and is not started again', async () => {
  const { host: process, states } = await start(`app.timer('A', { ${yearly}, handler() {} });`);
  const asked = Date.now();
  await process.stop();
  expect(Date.now() - asked).toBeLessThan(4500);
  expect(states).toEqual(['stopping', 'stopped']);
  expect(process.pid).toBeUndefined();
});

test('a process that does not end is given 5 seconds', async () => {
  const { host: process, of } = await start(`
    app.hook.appTerminate(() => new Promise(() => {}));
    app.timer('A', { ${yearly}, handler: () => new Promise(() => {}) });`);
  await expect.poll(() => of('started').length, { timeout: 20_000 }).toBe(1);
  const stopped = Date.now();
  await process.stop();
  expect(Date.now() - stopped).toBeLessThan(6000);
  expect(process.state).toBe('stopped');
});

test('an app that does not load is tried again, and says why', async () => {
  const { host: process, lines, states } = await start(`throw new Error('no good');`);
  await expect.poll(() => states, { timeout: 20_000 }).toContain('restarting');
  expect(lines.join('\n')).toContain('no good');
  await process.stop();
  expect(process.state).toBe('stopped');
});
