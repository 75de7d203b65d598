import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writtenStory } from '../../../../local/mimecast/story/story-text.ts';
import { storyFile, storyPage } from '../../../../tools/story.ts';
import { tell, text } from './told.ts';

describe('docs/story.md', () => {
  const page = storyPage();

  test('is what `npm run story` writes', () => {
    expect(readFileSync(storyFile, 'utf8')).toBe(page);
  });

  test('names each chapter of the story at its time, with its rule, its victim and the ids of its events', () => {
    const { chapters } = tell(writtenStory).story;
    expect(chapters.length).toBeGreaterThan(20);
    const parts = page.split('\n### ');
    for (const { id, rule, victim, eventIds } of chapters) {
      const part = parts.find((each) => each.includes(`\`${id}\``)) ?? '';
      expect(part).toMatch(/^day −\d+ \(\w+day\), \d\d:\d\d: /);
      expect(part).toContain(`Rule: ${rule}\n`);
      expect(part).toContain(`Victim: \`${victim}\``);
      expect(eventIds.filter((eventId) => !part.includes(eventId))).toEqual([]);
    }
  });

  test('says of the untrained what the awareness lists say', () => {
    const told = tell({ ...writtenStory, days: 1 });
    for (const name of ['Ruth Abernathy', 'Felix Nowak', 'Mei Tanaka', 'Nina Okafor']) {
      expect(page).toContain(name);
      const score = told.of('AwarenessSafeScoreDetails').find(({ event }) => event['name'] === name);
      expect(score?.event['risk']).toBe('F');
      for (const { users } of told.campaigns) {
        const user = users.find((each) => each['name'] === name);
        expect(text(user?.['status'])).toMatch(/^(CLICKED|SUBMITTED)$/);
      }
    }
  });
});
