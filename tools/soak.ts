import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run soak`: the test of killed processes with two hundred kills, or as many as KILLS says; it takes some minutes. */
const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
const environment = { KILLS: '200', ...process.env };
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/faults/kill.test.ts'], {
  env: environment,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
