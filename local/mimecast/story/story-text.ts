import { startOfDay } from '../times.ts';
import { dayMs } from './calendar.ts';
import type { Chapter, StoryOptions } from './fill-story.ts';
import { everyday } from './everyday.ts';
import { cast } from './names.ts';
import { companyOf } from './people.ts';

/** The story that is written down: that of seed 1, as it is told at this time. */
export const writtenStory: StoryOptions = {
  seed: 1,
  now: Date.parse('2026-11-20T12:00:00Z'),
  days: 14,
  users: 100,
  quiet: false,
};

/** A story in words: who is in it, what happens every day, and each chapter with the ids of its events. */
export function storyText(chapters: readonly Chapter[], { seed, now, days, users }: StoryOptions): string {
  const told = new Date(now).toISOString();
  return `# The simulated tenant's story

This page is written by \`npm run story\`; a test holds it to the simulated tenant.

It tells the story of seed ${seed}: ${users} people, ${days} days, as it is told at ${told}, a ${weekday(now)}. Day −1 is the day
before. Event ids are those of the column \`EventId\`. They hold for exactly this time and seed: at another time the same things happen
on the working days before it, with other ids. Times are UTC.

## Who is in it

Larkfield makes furniture. Its mail goes through the Cloud Gateway; the mail of a studio it has bought
(\`larkfield-studio.example\`) is checked by Cloud Integrated. Some of its people play a part:

${parts(users)}

All names, domains and addresses are made up. Domains end in \`.example\`, and addresses are of ranges that nobody has, save one mailbox
at a free mail provider, whose name that provider gives to nobody.

## What happens every day

${everyday.map((line) => `- ${line}`).join('\n')}

None of this should set off a rule.

## What an analyst should find

The last days hold one attack on its own. An address outside guesses the password of an administrator, Lena Brandt, and logs on with it.
It lets malicious links through, forwards the executives' mail and makes itself an API application. From her account a bad link and a bad
file then go to colleagues, and spam to the world. The other chapters have nothing to do with each other. Ruth Abernathy, Felix Nowak and
Mei Tanaka, who go on past a warning, and Nina Okafor, whose click is allowed, have watched hardly any training: the awareness tables show
them with grade F, and as clickers in each campaign. (Rows of those tables have another id each day; look for the address.)

${chapters.map((chapter) => chapterText(chapter, now)).join('\n\n')}
`;
}

function parts(users: number): string {
  const company = companyOf(users);
  return company.people
    .slice(0, Object.keys(cast).length)
    .map(({ name, department, address }) => `- ${name}, ${department}: \`${address}\``)
    .join('\n');
}

function chapterText(chapter: Chapter, now: number): string {
  const { id, title, rule, victim, attacker, from, to, eventIds } = chapter;
  return `### ${moment(from, now)}: ${title}

- Chapter: \`${id}\`
- Rule: ${rule}
- Victim: \`${victim}\`${attacker === undefined ? '' : `\n- From: \`${attacker}\``}
- Until: ${moment(to, now)}
- Events: ${eventIds.length}

\`\`\`text
${lines(eventIds, 5)}
\`\`\``;
}

function lines(ids: readonly string[], perLine: number): string {
  const rows = Array.from({ length: Math.ceil(ids.length / perLine) }, (_, n) =>
    ids.slice(n * perLine, (n + 1) * perLine).join(' '),
  );
  return rows.join('\n');
}

function moment(time: number, now: number): string {
  const day = Math.round((startOfDay(now) - startOfDay(time)) / dayMs);
  return `day −${day} (${weekday(time)}), ${new Date(time).toISOString().slice(11, 16)}`;
}

function weekday(time: number): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(time);
}
