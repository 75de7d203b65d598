import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  expect(readdirSync(path)).toEqual(['lock']);
  fresh.close();
});

test('a folder in use by another process is refused; one whose process has died is not', () => {
  openStateFolder(path, false).close();
  writeFileSync(join(path, 'lock'), String(process.ppid));
  expect(() => openStateFolder(path, false)).toThrow(`another npm start (process ${process.ppid})`);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(join(path, 'lock'), String(pid));
  openStateFolder(path, false).close();
  expect(existsSync(join(path, 'lock'))).toBe(false);
});

test('a folder that cannot be written is named, with what to do', () => {
  writeFileSync(path, 'a file where the folder should be');
  expect(() => openStateFolder(join(path, 'simulated'), false)).toThrow(/cannot be written \(\w+\)\. Run npm start in/);
});

test('a state that cannot be read is named, and the folder let go', () => {
  openStateFolder(path, false).close();
  for (const text of ['{', '{"version":2}']) {
    writeFileSync(join(path, 'state.json'), text);
    expect(() => openStateFolder(path, false)).toThrow('npm start -- --fresh begins anew');
    expect(existsSync(join(path, 'lock'))).toBe(false);
  }
});
