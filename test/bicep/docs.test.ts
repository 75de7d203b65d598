import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import clouds from '../../bicep/clouds.json' with { type: 'json' };
import { bicepFile, bicepFiles, root } from './bicep-files.ts';

const textOf = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
const rights = textOf('rights.md');
const network = textOf('private-networking.md');
const main = bicepFile('bicep/main.bicep').text;
const parameters = [...main.matchAll(/^param (\w+)/gm)].map(([, name]) => name);
const outputs = [...main.matchAll(/^output (\w+)/gm)].map(([, name]) => name);

/** The rows of the tables in a text: their cells, without blanks and backticks. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => /^\| (?!-)/.test(line));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

describe('docs/rights.md', () => {
  it('lists the roles that the identity gets, by name and id', () => {
    const given = rowsOf(rights).flatMap(([role = '', id = '']) => (/^[0-9a-f-]{36}$/.test(id) ? [{ role, id }] : []));
    const text = bicepFiles.map((file) => file.text).join('\n');
    const assigned = [...text.matchAll(/'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'/g)].map(([, id = '']) => id);
    expect(given.map(({ id }) => id).toSorted()).toEqual(assigned.toSorted());
    for (const { role } of given) expect(rights).toContain(`assign '${role}'`);
  });

  it('names parameters and outputs that are there', () => {
    for (const [, name] of rights.matchAll(/`(\w+(?:Id|Ids|Roles)|tags|content)`/g)) expect(parameters).toContain(name);
    for (const name of ['identityPrincipalId', 'ruleIds', 'storageId', 'vaultId']) {
      expect(rights).toContain(`$${name}`);
      expect(outputs).toContain(name);
    }
  });
});

describe('docs/private-networking.md', () => {
  it('explains every parameter of private networking', () => {
    const [, part = ''] = main.split('// ---- Private networking ----');
    const own = [...part.matchAll(/^param (\w+)/gm)].map(([, name]) => name).filter((name) => name !== 'deployedAt');
    const explained = rowsOf(network).map(([name]) => name);
    expect(own).toHaveLength(4);
    for (const name of own) expect(explained).toContain(name);
  });

  it('names every host and every zone, in both clouds', () => {
    const named = rowsOf(network).flat();
    for (const { hosts, zones } of Object.values(clouds)) {
      const all = [...hosts.map(({ host }) => host), ...Object.values(zones).flat()];
      expect(all.filter((name) => !named.includes(name))).toEqual([]);
    }
  });

  it('says what the same is in the other cloud', () => {
    const pairs = rowsOf(network).map((cells) => cells.join(' '));
    const zonesOf = (cloud: typeof clouds.public) => Object.values(cloud.zones).flat();
    for (const [i, zone] of zonesOf(clouds.public).entries())
      expect(pairs.some((pair) => pair.endsWith(`${zone} ${zonesOf(clouds.usgov)[i]}`))).toBe(true);
  });
});
