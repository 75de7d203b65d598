import { describe, expect, it } from 'vitest';
import { filesOf } from '../../local/sentinel/content/read-files.ts';
import { readWorkbook } from '../../local/sentinel/workbook/read-workbook.ts';
import { allItems } from '../../local/sentinel/workbook/workbook.ts';
import titles from './titles-of-3.1.json' with { type: 'json' };

const files = filesOf('workbooks', '.json');

/** The titles of a workbook's tiles. */
function titlesIn(file: string): readonly (string | undefined)[] {
  const found = files.find(({ path }) => path.endsWith(file));
  if (!found) throw new Error(`There is no ${file}.`);
  return allItems(readWorkbook(found.text).items).flatMap((item) => (item.type === 3 ? [item.content.title] : []));
}

const countOf = (all: readonly unknown[], title: string): number => all.filter((each) => each === title).length;

describe('the tiles of solution 3.1', () => {
  it('are 143', () => {
    expect(Object.values(titles).flat()).toHaveLength(143);
  });

  it.each(Object.entries(titles))('are all in %s, under their titles', (file, old) => {
    const ours = titlesIn(file);
    expect(old.filter((title) => countOf(ours, title) < countOf(old, title))).toEqual([]);
  });
});
