import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../local/sentinel/content/rule-file.ts';
import { ruleFiles } from './content.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rules.md'), 'utf8').replaceAll('\r\n', '\n');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(2)
    .map((part): [string, string] => [part.split('\n', 1)[0] ?? '', part.slice(part.indexOf('\n'))]),
);
const rules = rulesOf(ruleFiles);
const named = rules.map((rule) => [rule.name, rule] as const);

/** A point of a section, such as `Thresholds`, on one line. */
function point(name: string, heading: string): string {
  const [, text = ''] = (sections.get(name) ?? '').split(`- **${heading}**`);
  return (text.split(/\n- \*\*|\n\n/)[0] ?? '').replace(/\s+/g, ' ');
}

describe('the page on the rules', () => {
  test('has a section for each rule, in the order of their names', () => {
    expect([...sections.keys()]).toEqual(rules.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  test.each(named)('gives three triage steps, benign causes, thresholds and misses of %s', (name) => {
    const steps = [...(sections.get(name) ?? '').matchAll(/^(\d+)\. .+/gm)].map(([, number]) => number);
    expect(steps).toEqual(['1', '2', '3']);
    for (const heading of ['Benign', 'Thresholds', 'It misses']) expect(point(name, heading)).toMatch(/\w{3}/);
  });

  test.each(named)('names the fields by which %s can be silenced', (name, { query }) => {
    const compared = [...query.matchAll(/strcat\('(\w+)=', /g)].map(([, field = '']) => field);
    const told = [...point(name, 'Exceptions').matchAll(/`(\w+)`/g)].map(([, field = '']) => field);
    expect(told.toSorted()).toEqual([...new Set(compared)].toSorted());
  });

  test.each(named)('names the numbers that %s counts to', (name, { query }) => {
    const thresholds = [...query.matchAll(/^let \w+ = (\d+);/gm)].map(([, number = '']) => number);
    const told = point(name, 'Thresholds');
    for (const threshold of thresholds) expect(told).toMatch(new RegExp(`\\b${threshold}\\b`));
  });
});
