import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../functions/tables/json.ts';
import { feeds } from '../../../functions/feeds/index.ts';
import { tables } from '../../../functions/tables/index.ts';
import { allColumns } from '../../../functions/tables/table.ts';
import { container } from '../../../tools/deploy/blobs.ts';
import { ownedResources } from '../../../tools/deploy/owned.ts';
import { findPlace } from '../../../tools/deploy/place.ts';
import { deploy as deployTemplate, group, ofType, part } from '../../bicep/deployment.ts';
import * as azure from '../stand-in/azure.ts';
import { describe } from '../stand-in/describe.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import { stage } from '../stand-in/stage.ts';
import { fresh, parametersOf, run } from './stage.ts';
import solution31 from './workspaces/solution-3.1.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..', '..');
const template = readFileSync(join(root, 'bicep', 'main.bicep'), 'utf8');
const scope = `${azure.group}/providers/Microsoft.Insights/privateLinkScopes/scope`;

/** What the command would give the template, where these tables and this content are there. */
async function given(changes: Scenario = {}): Promise<JsonObject> {
  const at = stage(fresh(changes));
  const options = { 'what-if': true, 'no-assign-roles': true, 'disable-rules': true, paused: true, plan: 'Premium' };
  await run(at, { ...options, connectors: 'audit,seg', 'start-date': '2026-11-01', 'alert-receiver': 'a@example.com' });
  return parametersOf(at, 'deployment group what-if');
}

const names = (columns: Json): readonly string[] =>
  Array.isArray(columns) ? columns.map((column) => JSON.stringify(part(column, 'name')).slice(1, -1)) : [];

describe('the command and the template', () => {
  test('know the same parameters, and the same container', async () => {
    const declared = [...template.matchAll(/^param (\w+)/gm)].map(([, name]) => name);
    expect(declared).toEqual(expect.arrayContaining(Object.keys(await given())));
    expect(template).toContain(`var packageContainer = '${container}'`);
  });

  test('together keep every column of solution 3.1 and add ours', async () => {
    const described = Object.entries(solution31).map(([name, columns]) => ({
      name,
      properties: {
        schema: {
          tableSubType: 'DataCollectionRuleBased',
          columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
        },
      },
    }));
    const parameters = await given({ [`rest GET ${azure.workspace}/tables`]: azure.list(...described) });
    const created = ofType(deployTemplate(parameters), 'workspaces/tables');
    expect(created).toHaveLength(tables.length);
    for (const table of tables) {
      const own = created.find(({ id }) => id.endsWith(`/${table.name}`));
      const columns = names(part(own?.body, 'properties', 'schema', 'columns'));
      const before = described.find(({ name }) => name === table.name)?.properties.schema.columns ?? [];
      expect(columns).toEqual(
        expect.arrayContaining([...before.map(({ name }) => name), ...Object.keys(allColumns(table))]),
      );
      expect(new Set(columns).size).toBe(columns.length);
    }
  });

  test('together leave content that is there, and rules off where that is wished', async () => {
    const id = '617a55be-a8d8-49c1-8687-d19a0231056f';
    const there = { id: `/x/${id}`, name: id, properties: { displayName: 'ours' } };
    const alertRules = `rest GET ${azure.workspace}/providers/Microsoft.SecurityInsights/alertRules`;
    const rules = ofType(deployTemplate(await given({ [alertRules]: azure.list(there) })), '/alertRules');
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.map((rule) => rule.id.split('/').at(-1))).not.toContain(id);
    expect(rules.map((rule) => part(rule.body, 'properties', 'enabled'))).not.toContain(true);
  });

  test.each([
    ['open', {}],
    ['private', { privateLinkScopeId: scope }],
    ['on Premium', { plan: 'Premium' }],
  ])('agree on what is ours to remove where the connector is %s', async (_, parameters) => {
    const { resources } = deployTemplate({ alertReceiver: 'a@example.com', ...parameters });
    const own = resources.filter(
      ({ id, type }) =>
        id.startsWith(`${group}/`) && type.split('/').length === 2 && !type.endsWith('/roleAssignments'),
    );
    const listed = own.map(({ id, type }) => ({ id, name: id.split('/').at(-1) ?? '', type }));
    const key = `rest GET ${azure.group}/resources`;
    const { world } = stage({ ...azure.installed, [key]: azure.list(...listed) });
    const place = await findPlace(
      { resourceGroup: 'mail', workspace: 'sentinel', workspaceResourceGroup: 'siem' },
      world.az,
      world.arm,
    );
    const found = await ownedResources(place, 'mimecast', world.arm);
    // Zones may be used by others, so they stay; a rule's diagnostic setting goes with it.
    const staying = /privateDnsZones|diagnosticSettings/;
    expect(found.map(({ id }) => id).toSorted()).toEqual(
      own
        .map(({ id }) => id)
        .filter((id) => !staying.test(id))
        .toSorted(),
    );
    expect(found.filter(({ isData }) => isData)).toHaveLength(2);
    expect(found[0]?.type).toBe('Microsoft.Web/sites');
  });
});

test('docs/install.md explains every option of the command, and no other', () => {
  const page = readFileSync(join(root, 'docs', 'install.md'), 'utf8');
  const program = readFileSync(join(root, 'tools', 'deploy.ts'), 'utf8');
  const options = [...program.matchAll(/^ {2}'?([\w-]+)'?: \{ type:/gm)].map(([, name = '']) => name);
  const explained = [...page.matchAll(/^\| `--([\w-]+)` /gm)].map(([, name = '']) => name);
  expect(options.length).toBeGreaterThan(15);
  expect(explained.toSorted()).toEqual(options.toSorted());
});

test('docs/install.md says for every feed which product and which permission it takes', () => {
  const page = readFileSync(join(root, 'docs', 'install.md'), 'utf8').replaceAll(String.raw`\|`, '|');
  for (const { name, product } of feeds) {
    const [granted = '', permission = ''] = product.split(' with ');
    const row = page.split('\n').find((line) => line.includes(`\`${name}\``)) ?? page;
    expect([name, row.includes(granted), row.includes(permission)]).toEqual([name, true, true]);
  }
});
