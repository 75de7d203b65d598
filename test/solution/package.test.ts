import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { tables } from '../../functions/tables/index.ts';
import { allColumns } from '../../functions/tables/table.ts';
import { ruleNames } from '../../local/mimecast/story/rule-names.ts';
import { allChecks } from '../../solution/checks/all-checks.ts';
import { readContent } from '../../solution/content.ts';
import { mimecastIdentity } from '../../solution/identity.ts';
import { readOptions } from '../../solution/options.ts';
import { packageFiles, solutionFolder } from '../../solution/package-files.ts';
import { content, files, textOf } from './built.ts';

const root = join(import.meta.dirname, '..', '..');
const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('the package', () => {
  it.each(Object.entries(allChecks))('passes the check %s', (_name, check) => {
    expect(check(files)).toEqual([]);
  });

  it('is the same bytes when it is built again, in another time zone and another order', () => {
    process.env['TZ'] = 'Pacific/Auckland';
    const again = packageFiles(readContent(root), readOptions({}));
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [path, bytes] of files)
      expect([path, Buffer.compare(again.get(path) ?? new Uint8Array(), bytes)]).toEqual([path, 0]);
  });

  it('zips the template and the wizard, and nothing else', () => {
    const zip = unzipSync(files.get(`${solutionFolder}/Package/4.0.0.zip`) ?? new Uint8Array());
    expect(Object.keys(zip)).toEqual(['createUiDefinition.json', 'mainTemplate.json']);
    for (const [name, bytes] of Object.entries(zip)) expect(strFromU8(bytes)).toBe(textOf(files, `Package/${name}`));
  });

  it('has the ids of solution 3.1', () => {
    const template = textOf(files, 'Package/mainTemplate.json');
    expect(JSON.parse(template)).toMatchObject({
      variables: {
        solutionId: 'mimecastnorthamerica1584469118674.azure-sentinel-solution-mimecast',
        _solutionVersion: '4.0.0',
        playbookContentId1: 'Mimecast Data Connector Trigger Sync',
      },
    });
    expect(content.connectors.map(({ id }) => id)).toEqual([
      'MimecastATAPI',
      'MimecastAuditAPI',
      'MimecastCIAPI',
      'MimecastSEGAPI',
      'MimecastTTPAPI',
    ]);
    expect(content.parsers.filter(({ place }) => place < 11).map(({ name, id }) => `${name} ${id}`)).toEqual(parsers31);
    expect(content.rules.filter(({ place }) => place < 13).map(({ name, id }) => [name, id])).toEqual(
      Object.values(ruleNames).map((name, index) => [name, ruleIds31[index]]),
    );
  });

  it('installs each parser under its function’s name with its parameters', () => {
    const saved = z
      .array(
        z.object({
          type: z.string(),
          properties: z.object({ functionAlias: z.string(), functionParameters: z.string(), query: z.string() }),
        }),
      )
      .parse(resources().filter(({ type }) => type.endsWith('/savedSearches')));
    expect(saved.map(({ properties }) => properties.functionAlias)).toEqual(content.parsers.map(({ name }) => name));
    const cg = saved.find(({ properties }) => properties.functionAlias === 'MimecastCG');
    expect(cg?.properties.functionParameters).toBe(
      'starttime:datetime=datetime(null), endtime:datetime=datetime(null), types:dynamic=dynamic([])',
    );
    expect(cg?.properties.query).not.toContain('// params:');
  });

  it('shows each parser as YAML whose query is the parser’s', () => {
    for (const parser of content.parsers) {
      const yaml: unknown = parse(textOf(files, `Parsers/${parser.path}`));
      expect(yaml).toMatchObject({
        id: parser.id,
        FunctionName: parser.name,
        FunctionQuery: parser.query,
        FunctionParams: parser.parameters,
      });
    }
  });

  it('hands the rules on as they are written', () => {
    for (const rule of content.rules) expect(textOf(files, `Analytic Rules/${rule.path}`)).toBe(rule.text);
    const templates = resources().filter(({ properties }) => properties['contentKind'] === 'AnalyticsRule');
    expect(templates.map(({ properties }) => properties['displayName'])).toEqual(content.rules.map(({ name }) => name));
  });

  it('tells Azure-Sentinel’s KQL tests every column of every table', () => {
    for (const table of tables) {
      const schema = z
        .object({ Name: z.string(), Properties: z.array(z.object({ Name: z.string(), Type: z.string() })) })
        .parse(
          JSON.parse(
            textOf(files, `/Azure-Sentinel/.script/tests/KqlvalidationsTests/CustomTables/${table.name}.json`),
          ),
        );
      const names = schema.Properties.map(({ Name }) => Name);
      expect(names).toEqual(expect.arrayContaining(Object.keys(allColumns(table))));
      expect(new Set(names).size).toBe(names.length);
      for (const { Type } of schema.Properties)
        expect(['string', 'datetime', 'real', 'bool', 'dynamic', 'long']).toContain(Type);
    }
  });
});

describe('a package of somebody else', () => {
  it('has their publisher and support, and passes every check too', () => {
    const options = readOptions({ publisher: 'contoso', 'support-link': 'https://contoso.example/help' });
    const theirs = packageFiles(content, options);
    const text = textOf(theirs, 'Package/mainTemplate.json');
    expect(JSON.parse(text)).toMatchObject({ variables: { solutionId: 'contoso.azure-sentinel-solution-mimecast' } });
    expect(text).not.toMatch(/@mimecast\.com|zendesk/);
    expect(Object.values(allChecks).flatMap((check) => check(theirs))).toEqual([]);
  });

  it.each([
    [{ publisher: 'contoso' }, '--publisher needs --support-link'],
    [{ publisher: 'Contoso.Ltd', 'support-link': 'https://contoso.example' }, '--publisher must be'],
    [{ offer: 'an offer' }, '--offer must be'],
    [{ 'template-url': 'http://contoso.example/main.json' }, '--template-url must be an https URL'],
  ])('refuses %j', (typed, message) => {
    expect(() => readOptions(typed)).toThrow(message);
  });

  it('is Mimecast’s when nobody is named', () => {
    expect(readOptions({}).identity).toEqual(mimecastIdentity);
  });
});

describe('a project without content', () => {
  it('makes a package of its connectors and its playbook', () => {
    const folder = mkdtempSync(join(tmpdir(), 'solution-'));
    try {
      cpSync(join(root, 'solution'), join(folder, 'solution'), { recursive: true });
      const few = readContent(folder);
      expect([few.rules, few.parsers, few.workbooks, few.watchlists]).toEqual([[], [], [], []]);
      const bare = packageFiles(few, readOptions({}));
      expect(Object.values(allChecks).flatMap((check) => check(bare))).toEqual([]);
      expect(textOf(bare, 'Package/createUiDefinition.json')).not.toContain('"analytics"');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function resources() {
  const schema = z.object({
    resources: z.array(z.object({ type: z.string(), properties: z.record(z.string(), z.unknown()) })),
  });
  return schema.parse(JSON.parse(textOf(files, 'Package/mainTemplate.json'))).resources;
}

const parsers31 = [
  'AwarenessPerformanceDetails c6376b96-24ca-4113-932f-a069f1c62479',
  'AwarenessSafeScore 06c97d41-652a-4ff0-9bf5-dca775126fff',
  'AwarenessUserData bf754aad-692b-46cd-b5b4-6f044bd105a4',
  'AwarenessWatchlist 7afbe4ec-9fa1-429d-9a25-6c3f0519330e',
  'MimecastAudit 679b2b50-2611-4358-9686-5948587cbb47',
  'MimecastCloudIntegrated c78aaea4-8a16-4e8b-9722-073e7181efd1',
  'MimecastCG 91267889-770d-451b-9ed8-d3ed260c48e3',
  'MimecastDLP 1cdd670a-dec9-4d15-97a1-75043a1e631a',
  'MimecastTTPAttachment aea16729-fdd1-43aa-84bd-9127c0c53d03',
  'MimecastTTPImpersonation 50371940-df79-4db6-8bd9-267379ae0e31',
  'MimecastTTPUrl 275bacf7-edef-4436-9e5c-beee419aeb1a',
];

const ruleIds31 = [
  '617a55be-a8d8-49c1-8687-d19a0231056f',
  'c048fa06-0d50-4626-ae82-a6cea812d9c4',
  '952faed4-c6a6-4873-aeb9-b348e9ce5aba',
  'f00197ab-491f-41e7-9e22-a7003a4c1e54',
  '72bd7b0c-493c-4fa5-8a95-7f6376b6cfb2',
  '33bf0cc9-e568-42bf-9571-c22adf7be66d',
  '2ef77cef-439f-4d94-848f-3eca67510d2f',
  'd3bd7640-3600-49f9-8d10-6fe312e68b4f',
  '0cda82c8-e8f0-4117-896e-a10f1b43e64a',
  '80f244cd-b0d6-404e-9aed-37f7a66eda9f',
  'd78d7352-fa5a-47d4-b48f-cb2c3252c0eb',
  '8e52bcf1-4f50-4c39-8678-d9efad64e379',
  'cfd67598-ad0d-430a-a793-027eb4dbe967',
];
