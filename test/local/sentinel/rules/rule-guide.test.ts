import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ruleNames } from '../../../../local/mimecast/story/rule-names.ts';
import { ruleGuides } from '../../../../local/sentinel/rules/rule-guide.ts';

const page = `# The rules

1. This is no rule's step.

## What they have in common

- **When.** Always.

## A rule - Clicks

Somebody clicked,
and was let through.

1. Ask the user (\`People\`).
2. Reset the password,
   end the sessions.
3. Block the URL.

- **Benign**: a drill; a tool
  that tests links.
- **It misses**: what nobody sees.

The last word.
`;

test('a guide is the meaning, the steps and the points of a section', () => {
  expect([...ruleGuides(page)]).toEqual([
    [
      'A rule - Clicks',
      {
        meaning: 'Somebody clicked, and was let through.',
        steps: ['Ask the user (`People`).', 'Reset the password, end the sessions.', 'Block the URL.'],
        points: [
          { heading: 'Benign', text: 'a drill; a tool that tests links.' },
          { heading: 'It misses', text: 'what nobody sees.' },
        ],
      },
    ],
  ]);
});

test('a page from Windows is the same', () => {
  expect(ruleGuides(page.replaceAll('\n', '\r\n'))).toEqual(ruleGuides(page));
});

test('each rule has a guide with three steps', () => {
  const guides = ruleGuides(
    readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'rules.md'), 'utf8'),
  );
  expect([...guides.keys()].toSorted()).toEqual(Object.values(ruleNames).toSorted());
  for (const [name, { meaning, steps, points }] of guides) {
    expect([name, steps.length, points.length]).toEqual([name, 3, expect.any(Number)]);
    expect([meaning.length > 20, points.some(({ heading }) => heading === 'Benign')]).toEqual([true, true]);
  }
});
