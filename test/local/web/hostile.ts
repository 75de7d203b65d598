import { plainEvents } from '../../../local/mimecast/plain-events.ts';
import type { Fill } from '../../../local/tenant-life.ts';
import { fillPlainStory } from '../server/plain-story.ts';

/** Texts that a stranger may send in a mail's subject. */
export const hostileTexts = [
  `<img src=x onerror="document.title='run'">`,
  `"><script>document.title='run'</script>`,
  `'; alert("x"); // \\ \u2028 </title>`,
  '\u202Efdp.exe \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627',
  `javascript:document.title='run' ${'long '.repeat(2000)}end-of-it`,
  'W'.repeat(10_000),
] as const;

/** A plain company that has had mail with each of these subjects. */
export const fillHostileStory: Fill = (tenant, filling) => {
  const story = fillPlainStory(tenant, filling);
  const span = { from: filling.now - 3_600_000, to: filling.now - 1_800_000 };
  const events = plainEvents('SegCg', { seed: 'hostile', count: hostileTexts.length, ...span });
  const hostile = events.map((event, index) => {
    const text = hostileTexts[index] ?? '';
    return {
      ...event,
      subject: text,
      senderEnvelope: text,
      [text.slice(0, 100)]: { [text.slice(0, 50)]: text.slice(0, 200) },
    };
  });
  tenant.addFile('SegCg', { events: hostile, availableAt: span.to });
  return story;
};
