import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import lock from '../../package-lock.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };
import { billOfMaterials } from '../../tools/bill-of-materials.ts';
import { checksums, releaseNotes, releaseTemplate, writeRelease } from '../../tools/release.ts';

const root = join(import.meta.dirname, '..', '..');
const of = { repository: 'owner/name', tag: 'v1.2.3' };
const template = {
  parameters: { packageUrl: { type: 'string', defaultValue: '' }, other: { type: 'int' } },
  resources: [],
};

const billSchema = z.object({
  components: z.array(z.object({ 'bom-ref': z.string(), name: z.string(), version: z.string().min(1) })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

describe('a release', () => {
  it('holds the built app, a template that fetches it, what it is made of, and checksums of all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-test-'));
    try {
      await writeRelease({ ...of, template }, folder);
      const file = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
      const names = ['azuredeploy.json', 'createUiDefinition.json', 'mimecast-connector.zip', 'sbom.cdx.json'];
      expect(readdirSync(folder).toSorted()).toEqual(['SHA256SUMS', ...names, 'notes.md'].toSorted());
      expect(Object.keys(unzipSync(file('mimecast-connector.zip'))).toSorted()).toEqual([
        'cut-thread.cjs',
        'host.json',
        'index.cjs',
        'package.json',
      ]);
      expect(strFromU8(file('SHA256SUMS'))).toBe(checksums(new Map(names.map((name) => [name, file(name)]))));
      expect(strFromU8(file('notes.md'))).toContain(strFromU8(file('SHA256SUMS')).split('\n')[2]?.slice(0, 64));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('changes nothing of the template but where the app comes from', () => {
    const url = 'https://github.com/owner/name/releases/download/v1.2.3/mimecast-connector.zip';
    expect(releaseTemplate({ ...of, template })).toEqual({
      parameters: { packageUrl: { type: 'string', defaultValue: url }, other: { type: 'int' } },
      resources: [],
    });
    expect(() => releaseTemplate({ ...of, template: { parameters: {} } })).toThrow('packageUrl');
    expect(readFileSync(join(root, 'bicep', 'main.bicep'), 'utf8')).toMatch(/^param packageUrl string = ''$/m);
  });

  it('has buttons that lead to the template and the form in its tag', () => {
    const uris = [...releaseNotes(of, 'hash').matchAll(/[Uu]ri\/([^)/]+)/g)].map(([, uri = '']) =>
      decodeURIComponent(uri),
    );
    const folder = 'https://raw.githubusercontent.com/owner/name/v1.2.3/deploy';
    const [template, form] = [`${folder}/azuredeploy.json`, `${folder}/createUiDefinition.json`];
    expect(uris).toEqual([template, form, template, form]);
    const workflow = readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8');
    expect(workflow).toContain('cp release/azuredeploy.json release/createUiDefinition.json deploy/');
  });

  it('writes checksums as sha256sum does', () => {
    expect(
      checksums(
        new Map([
          ['b', new Uint8Array()],
          ['a', new Uint8Array()],
        ]),
      ),
    ).toBe(
      ['a', 'b'].map((name) => `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ${name}\n`).join(''),
    );
  });
});

describe('what the app is made of', () => {
  const bill = billSchema.parse(billOfMaterials(lock, { name: 'app', version: '1.0.0' }));

  it('is every dependency and what it brings, each once', () => {
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([...Object.keys(packageJson.dependencies), 'follow-redirects', '@azure/logger']),
    );
    const refs = bill.components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    for (const { dependsOn } of bill.dependencies) expect(refs).toEqual(expect.arrayContaining(dependsOn));
  });

  it('is nothing that only development needs', () => {
    expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
  });

  it('is the versions that are locked', () => {
    const axios = bill.components.find(({ name }) => name === 'axios');
    expect(axios?.version).toBe(packageJson.dependencies.axios);
  });

  it('finds a package where Node does: the nearest folder first', () => {
    const packages = {
      '': { dependencies: { a: '1', b: '1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '2' } },
      'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { '@s/c': '1' } },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/@s/c': { version: '1.0.0' },
      'node_modules/unused': { version: '1.0.0' },
    };
    const { dependencies } = billSchema.parse(billOfMaterials({ packages }, { name: 'app', version: '1' }));
    expect(Object.fromEntries(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))).toEqual({
      app: ['pkg:npm/a@1.0.0', 'pkg:npm/b@1.0.0'],
      'pkg:npm/a@1.0.0': ['pkg:npm/b@2.0.0'],
      'pkg:npm/b@2.0.0': ['pkg:npm/%40s/c@1.0.0'],
      'pkg:npm/b@1.0.0': [],
      'pkg:npm/%40s/c@1.0.0': [],
    });
  });
});

describe('the release workflow', () => {
  const text = readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8');
  const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
  const job = z.object({ permissions: z.record(z.string(), z.string()).optional(), steps: z.array(step) });
  const { jobs, permissions } = z
    .object({ jobs: z.record(z.string(), job), permissions: z.record(z.string(), z.string()) })
    .parse(parse(text));
  const steps = Object.values(jobs).flatMap((each) => each.steps);

  it('runs only scripts and reads only files that are there', () => {
    const run = steps.map((each) => each.run ?? '').join('\n');
    const scripts = [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(scripts).toEqual(expect.arrayContaining(['release', 'package']));
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
    for (const path of ['.ci/run', 'bicep/main.bicep']) {
      expect(run).toContain(path);
      expect(existsSync(join(root, path))).toBe(true);
    }
  });

  it('tests, lints, builds, checks and signs before it publishes', () => {
    const order = [
      '.ci/run',
      'bicep lint',
      'bicep build',
      'npm run release',
      'npm run package',
      'arm-ttk',
      'sha256sum --check',
      'attest-build-provenance',
      'attest-sbom',
      'gh release create',
    ];
    const places = order.map((part) => steps.findIndex(({ run, uses }) => `${run ?? ''} ${uses ?? ''}`.includes(part)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('may write in one job only, and uses actions in a named version', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(
      Object.entries(jobs)
        .filter(([, each]) => each.permissions)
        .map(([name]) => name),
    ).toEqual(['publish']);
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(5);
    for (const uses of actions) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
  });
});
