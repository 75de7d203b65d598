import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepTenant } from '../../local/server/saved-tenant.ts';
import { openStateFolder } from '../../local/state-folder.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'state-')), 'kept');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));

const now = Date.UTC(2026, 0, 15);

test('a new folder has nothing saved; what is saved is found again', () => {
  const first = openStateFolder(path, false);
  expect(first.saved).toBeUndefined();
  const { filling, save } = keepTenant(first, { days: 3 }, now);
  expect(filling).toEqual({ seed: 1, days: 3, users: 100, quiet: false, now });
  save({ kind: 'deadFile', number: 0, at: now + 5, step: 2 });
  first.close();

  const second = openStateFolder(path, false);
  const kept = keepTenant(second, {}, now + 86_400_000);
  expect(kept.filling).toEqual(filling);
  expect(kept.extras).toEqual([{ kind: 'deadFile', number: 0, at: now + 5, step: 2 }]);
  second.close();
});

test('another tenant than the one that is kept is refused, unless it begins anew', () => {
  const first = openStateFolder(path, false);
  keepTenant(first, { seed: 4 }, now);
  first.close();
  const second = openStateFolder(path, false);
  expect(() => keepTenant(second, { seed: 5 }, now)).toThrow('begun with --seed 4, not 5');
  second.close();
  writeFileSync(join(path, 'rows.db'), 'rows');
  const fresh = openStateFolder(path, true);
  expect(fresh.saved).toBeUndefined();
  expect(readdirSync(path)).toEqual(['lock.db']);
  fresh.close();
});

test('a folder in use is refused; it is let go when it is closed, or its process dies', async () => {
  const module = JSON.stringify(new URL('../../local/state-folder.ts', import.meta.url).href);
  const code = `const { openStateFolder } = await import(${module}); openStateFolder(${JSON.stringify(path)}, false); console.log('open'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  expect(() => openStateFolder(path, false)).toThrow('in use by another npm start. Stop that one first.');
  other.kill('SIGKILL');
  await once(other, 'exit');
  openStateFolder(path, false).close();
  openStateFolder(path, false).close();
});

test('a folder that cannot be written is named, with what to do', () => {
  writeFileSync(path, 'a file where the folder should be');
  expect(() => openStateFolder(join(path, 'simulated'), false)).toThrow(/cannot be written \(\w+\)\. Run npm start in/);
});

test('a state that cannot be read is named, and the folder let go, so that --fresh helps', () => {
  openStateFolder(path, false).close();
  for (const text of ['{', '{"version":2}']) {
    writeFileSync(join(path, 'state.json'), text);
    expect(() => openStateFolder(path, false)).toThrow('npm start -- --fresh begins anew');
    openStateFolder(path, true).close();
  }
});
