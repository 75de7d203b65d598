import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadApp } from '../../local/worker.ts';
import type { WorkerLogLine } from '../../local/worker-core.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'worker-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Bundles an app with the real library, as `npm run build` bundles ours. */
async function writeApp(code: string): Promise<void> {
  await build({
    stdin: { contents: `import { app } from '@azure/functions';\n${code}`, resolveDir: import.meta.dirname },
    outfile: join(directory, 'app.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@azure/functions-core'],
  });
  await writeFile(join(directory, 'package.json'), JSON.stringify({ main: 'app.cjs' }));
}

/** Loads the app and collects what it logs. */
async function load() {
  const lines: WorkerLogLine[] = [];
  const app = await loadApp(directory, (line) => lines.push(line));
  return { app, lines, messages: () => lines.map(({ message }) => message) };
}

describe('a loaded app', () => {
  test('shows the timers it registered with their schedules', async () => {
    await writeApp(`
      app.timer('Fast', { schedule: '*/5 * * * * *', handler() {} });
      app.timer('Slow', { schedule: '0 0 3 * * *', useMonitor: true, handler() {} });
    `);
    const { app } = await load();
    expect([...app.functions].map(([name, { schedule }]) => [name, schedule])).toEqual([
      ['Fast', '*/5 * * * * *'],
      ['Slow', '0 0 3 * * *'],
    ]);
  });

  test('gets the timer as the library hands it over, and its function name', async () => {
    await writeApp(`app.timer('T', { schedule: '0 * * * * *', handler: (timer, context) =>
      context.log(JSON.stringify({ timer, name: context.functionName, metadata: context.triggerMetadata })) });`);
    const { app, messages } = await load();
    await app.invoke('T');
    await app.invoke('T', { isPastDue: true });
    const [first, second] = messages().map((message) => JSON.parse(message));
    expect(first).toEqual({
      name: 'T',
      timer: {
        isPastDue: false,
        schedule: { adjustForDST: true },
        scheduleStatus: {
          last: '0001-01-01T00:00:00+00:00',
          lastUpdated: '0001-01-01T00:00:00+00:00',
          next: expect.stringMatching(/Z$/),
        },
      },
    });
    expect(second.timer.isPastDue).toBe(true);
    expect(second.timer.scheduleStatus.last).toBe(first.timer.scheduleStatus.next);
  });

  test('logs with level, category and function', async () => {
    await writeApp(`app.timer('T', { schedule: '0 * * * * *', handler(timer, context) {
      context.warn('a', 1); context.error({ b: 2 }); } });`);
    const { app, lines } = await load();
    await app.invoke('T');
    expect(lines).toEqual([
      { level: 'warning', category: 'user', message: 'a 1', functionName: 'T' },
      { level: 'error', category: 'user', message: '{ b: 2 }', functionName: 'T' },
    ]);
  });

  test('rejects an invocation with what its handler threw, and goes on', async () => {
    await writeApp(`let times = 0; app.timer('T', { schedule: '0 * * * * *', async handler(timer, context) {
      if (++times === 1) throw new TypeError('first'); context.log('second'); } });`);
    const { app, messages } = await load();
    await expect(app.invoke('T')).rejects.toThrow(new TypeError('first'));
    await app.invoke('T');
    expect(messages()).toEqual(['second']);
  });

  test('has its hooks run around each invocation, at its start and at its end', async () => {
    await writeApp(`const seen = []; const note = (name) => () => void seen.push(name);
      app.hook.appStart(note('start'));
      app.hook.preInvocation(note('pre')); app.hook.postInvocation(note('post'));
      app.hook.appTerminate(async () => { await undefined; throw new Error(seen.join()); });
      app.timer('T', { schedule: '0 * * * * *', handler: note('handler') });`);
    const { app } = await load();
    await app.invoke('T');
    await expect(app.terminate()).rejects.toThrow('start,pre,handler,post');
  });

  test('lets hooks replace the handler, the outcome and the error', async () => {
    await writeApp(`
      app.hook.preInvocation((hook) => { const handler = hook.functionHandler; hook.functionHandler = (...all) => { all[1].log('wrapped'); return handler(...all); }; });
      app.hook.postInvocation((hook) => { if (hook.error) { hook.invocationContext.log(hook.error.message); hook.error = undefined; } });
      app.timer('T', { schedule: '0 * * * * *', handler() { throw new Error('forgiven'); } });`);
    const { app, messages } = await load();
    await app.invoke('T');
    expect(messages()).toEqual(['wrapped', 'forgiven']);
  });

  test('starts anew each time it is loaded', async () => {
    await writeApp(
      `let times = 0; app.timer('T', { schedule: '0 * * * * *', handler: (timer, context) => context.log(++times) });`,
    );
    const first = await load();
    await first.app.invoke('T');
    await first.app.invoke('T');
    const second = await load();
    await second.app.invoke('T');
    await first.app.invoke('T');
    expect(first.messages()).toEqual(['1', '2', '3']);
    expect(second.messages()).toEqual(['1']);
  });
});

describe('an app is refused', () => {
  const timer = (name: string) => `app.timer('${name}', { schedule: '0 * * * * *', handler() {} });`;

  test.each([
    ['when it throws while it loads', `${timer('T')} throw new Error('broken');`, 'broken'],
    ['when it registers a name twice', timer('T') + timer('T'), 'T is registered twice'],
    ['when it registers nothing', '', 'registers no function'],
    ['when a function has another trigger', `app.http('H', { handler() {} });`, 'H has no timer trigger'],
  ])('%s', async (_, code, message) => {
    await writeApp(code);
    await expect(load()).rejects.toThrow(message);
  });

  test('when it registers a function after its start', async () => {
    await writeApp(`app.timer('T', { schedule: '0 * * * * *', handler() { ${timer('Late')} } });`);
    const { app } = await load();
    await expect(app.invoke('T')).rejects.toThrow('Late is registered too late');
  });

  test('when it has no such function', async () => {
    await writeApp(timer('T'));
    const { app } = await load();
    await expect(app.invoke('Audit')).rejects.toThrow('no function Audit, but T');
  });

  test('leaving nothing of the worker behind', async () => {
    await writeApp(`throw new Error('broken');`);
    await expect(load()).rejects.toThrow('broken');
    expect(() => createRequire(import.meta.url)('@azure/functions-core')).toThrow('Cannot find module');
  });
});
