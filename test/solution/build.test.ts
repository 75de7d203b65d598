import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPackage } from '../../solution/build.ts';
import { readOptions } from '../../solution/options.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run package', () => {
  it('writes every file, in place of those of an earlier package', () => {
    const out = join(folder, 'out');
    const first = buildPackage(readOptions({ out }));
    const old = join(out, 'Azure-Sentinel', 'old.txt');
    writeFileSync(old, '');
    const second = buildPackage(readOptions({ out }));
    expect([...second.keys()]).toEqual([...first.keys()]);
    expect(existsSync(old)).toBe(false);
    const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(written).toHaveLength(second.size);
    for (const [path, bytes] of second)
      expect([path, readFileSync(join(out, path)).equals(bytes)]).toEqual([path, true]);
  });

  it('leaves a folder alone that holds something else', () => {
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    expect(() => buildPackage(readOptions({ out: folder }))).toThrow('holds something else');
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  it('carries a compiled template and the packed app, where the buttons lead', () => {
    const [template, app] = [join(folder, 'azuredeploy.json'), join(folder, 'app.zip')];
    writeFileSync(template, '{}');
    writeFileSync(app, 'zip');
    const files = buildPackage(readOptions({ out: join(folder, 'out'), template, app }));
    const connectors = 'Azure-Sentinel/Solutions/Mimecast/Data Connectors';
    expect(new TextDecoder().decode(files.get(`${connectors}/MimecastConnector.zip`))).toBe('zip');
    const { template: url } = readOptions({}).links;
    const path = decodeURIComponent(url.replace('https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/', ''));
    expect(new TextDecoder().decode(files.get(`Azure-Sentinel/${path}`))).toBe('{}');
  });
});
