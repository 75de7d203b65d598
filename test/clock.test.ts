import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../functions/clock.ts';

const never = new AbortController().signal;

describe('the real clock', () => {
  test('tells epoch milliseconds', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test('waits as long as it is told', async () => {
    const startedMs = performance.now();
    await systemClock.wait(30, never);
    // Node's timers may fire up to a millisecond early.
    expect(performance.now() - startedMs).toBeGreaterThan(28);
  });

  test.each([0, -1])('does not wait for %d ms', async (ms) => {
    await expect(systemClock.wait(ms, never)).resolves.toBeUndefined();
  });

  test.each([60_000, 2 ** 40])('stops waiting %d ms with the reason of an abort', async (ms) => {
    const controller = new AbortController();
    const reason = new Error('deadline');
    const waiting = systemClock.wait(ms, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  test.each([0, 60_000])('does not begin to wait %d ms after an abort', async (ms) => {
    const reason = new Error('deadline');
    await expect(systemClock.wait(ms, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('leaves no timer behind after an abort, which would keep the process alive', async () => {
    const clock = pathToFileURL(join(import.meta.dirname, '..', 'functions', 'clock.ts'));
    const code = `import { systemClock } from ${JSON.stringify(clock.href)};
      const controller = new AbortController();
      const waiting = systemClock.wait(3_600_000, controller.signal);
      controller.abort(new Error('deadline'));
      await waiting.catch((error) => console.log(error.message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      timeout: 30_000,
    });
    expect(stdout).toBe('deadline\n');
  });
});
