import { writeFileSync } from 'node:fs';
import { fillStory } from '../local/mimecast/story/fill-story.ts';
import { storyText, writtenStory } from '../local/mimecast/story/story-text.ts';

/** The page that tells the simulated tenant's story. */
export const storyFile = new URL('../docs/story.md', import.meta.url);

/** What it says. */
export function storyPage(): string {
  const nobody = { add: () => {}, addFile: () => '', addCampaign: () => {} };
  return storyText(fillStory(nobody, writtenStory).chapters, writtenStory);
}

if (import.meta.main) writeFileSync(storyFile, storyPage());
