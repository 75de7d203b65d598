import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { tables } from '../../functions/tables/index.ts';
import { field, list, text } from '../../solution/checks/check.ts';

const bicep = join(import.meta.dirname, '..', '..', 'bicep');
const source = readFileSync(join(bicep, 'createUiDefinition.json'), 'utf8');
const form = field(parseJson(source), 'parameters');
const main = readFileSync(join(bicep, 'main.bicep'), 'utf8');
const outputs = field(form, 'outputs');
const basics = list(form['basics']);
const steps = list(form['steps']);

describe('the form of the button', () => {
  it('fills only parameters that the template has, and all that it needs', () => {
    const declared = [...main.matchAll(/^param (\w+) [\w[\]]+(?: = |$)|^param (\w+) \{/gm)].map(
      ([, plain, typed]) => plain ?? typed,
    );
    expect(declared).toEqual(expect.arrayContaining(Object.keys(outputs)));
    const needed = [...main.matchAll(/^param (\w+) \w+$/gm)].map(([, name]) => name);
    expect(needed).toContain('workspaceId');
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(needed));
  });

  it('names only elements that it has', () => {
    const asked = new Set([
      ...basics.map((element) => `basics('${text(element, 'name')}')`),
      ...steps.flatMap((step) =>
        list(step['elements']).map((element) => `steps('${text(step, 'name')}').${text(element, 'name')}`),
      ),
    ]);
    const named = expressions(form).flatMap(
      (expression) => expression.match(/basics\('\w+'\)|steps\('\w+'\)\.\w+/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(12);
    for (const name of named) expect(asked).toContain(name);
  });

  it('stops where a table of ours is there, and names the command', () => {
    const name = basics.find((element) => element['name'] === 'name') ?? {};
    const stop = list(field(name, 'constraints')['validations']).find(({ isValid }) => isValid !== undefined) ?? {};
    const [, watched = ''] = /split\('([^']+)'/.exec(text(stop, 'isValid')) ?? [];
    expect(watched.split(',')).toEqual(tables.map((table) => table.name));
    expect(text(stop, 'message')).toContain('npm run deploy');
  });

  it('offers the connectors that there are', () => {
    const elements = steps.flatMap((step) => list(step['elements']));
    const choice = elements.find((element) => element['name'] === 'connectors') ?? {};
    const offered = list(field(choice, 'constraints')['allowedValues']).map((each) => text(each, 'value'));
    expect(offered.toSorted()).toEqual(connectors.map(({ setting }) => setting).toSorted());
    expect(list(choice['defaultValue']).map((each) => text(each, 'value'))).toEqual(offered);
  });

  it('takes what the template takes', () => {
    const patterns = elementsOf(form).flatMap((element) => text(field(element, 'constraints'), 'regex') || []);
    expect(patterns.length).toBeGreaterThan(4);
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
    expect(main).toMatch(/@allowed\(\['none', 'missing', 'overwrite'\]\)\nparam content string/);
  });
});

/** The texts that the portal evaluates. */
function expressions(value: Json): readonly string[] {
  if (typeof value === 'string') return value.startsWith('[') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressions) : [];
}

function elementsOf(value: Json): readonly JsonObject[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(elementsOf);
  return isJsonObject(value) && 'constraints' in value ? [value, ...inside] : inside;
}
