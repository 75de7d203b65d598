import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../functions/collect/feed.ts';
import { feeds } from '../../../functions/feeds/index.ts';
import { type JsonObject } from '../../../functions/tables/json.ts';
import { plainEvents } from '../../../local/mimecast/plain-events.ts';
import { isDeadLetter, readOldState } from '../../../tools/upgrade/old-state.ts';
import { tenantName } from '../../fakes/feed-name.ts';
import { identityOfEvent } from '../../../local/mimecast/identity.ts';
import { type Stage, batchCursor, repeated, stage } from '../../mimecast/stage.ts';
import { idsOf, someEvents } from '../../mimecast/batch-events.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const now = Date.UTC(2026, 0, 15, 12);
const read = (name: string, state: unknown, modifiedAt = now - 10 * minuteMs) =>
  readOldState({ name, text: typeof state === 'string' ? state : JSON.stringify(state), modifiedAt }, now);

/** Times as 3.x writes them. */
const withOffset = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}+0000`;
const withZ = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The state files of the window feeds, each in its own words, of a solution that has read all before a time. */
const windowFiles: readonly (readonly [file: string, feed: string, state: (start: number) => JsonObject])[] = [
  [
    'Audit',
    'Audit',
    (start) => ({ start_time: withOffset(start), end_time: withOffset(start + minuteMs), next: 'a-token' }),
  ],
  [
    'Checkpoint-SEG-DLP',
    'SegDlp',
    (start) => ({ from_date: withZ(start), to_date: withZ(start + minuteMs), page_token: '' }),
  ],
  [
    'mimecastttpurl',
    'TtpUrl',
    (start) => ({ from_date: withZ(start), to_date: withZ(start + minuteMs), page_token: 'a-token' }),
  ],
  [
    'mimecastttpattachment',
    'TtpAttachment',
    (start) => ({ from_date: withZ(start), to_date: withZ(now), page_token: '' }),
  ],
  [
    'mimecastttpimpersonation',
    'TtpImpersonation',
    (start) => ({ from_date: withZ(start), to_date: withZ(now), page_token: '' }),
  ],
];

function feedNamed(name: string): Feed {
  const found = feeds.find((feed) => feed.name === name);
  if (!found) throw new Error(`There is no feed ${name}.`);
  return found;
}

function take(at: Stage, state: ReturnType<typeof readOldState>): void {
  if (state?.cursor) at.checkpoints.put(state.feed, { cursor: state.cursor, savedAt: now });
}

describe.each(windowFiles)('from the state file %s', (file, name, state) => {
  const feed = feedNamed(name);
  const timeOf = (event: JsonObject) => feed.time?.(event)?.getTime() ?? Number.NaN;
  const start = now - 90 * minuteMs;

  test('a run finds every event that 3.x had not read, and sends again only those of the overlap', async () => {
    const at = await stage();
    const [tenant, id] = [tenantName(feed), (event: JsonObject) => identityOfEvent(tenantName(feed), event)];
    if (tenant !== 'Audit' && tenant !== 'SegDlp' && !tenant.startsWith('Ttp')) throw new Error('It has no window.');
    const events = plainEvents(tenant, { seed: 7, count: 120, from: now - 180 * minuteMs, to: now - 5 * minuteMs });
    at.tenant.add(windowFeed(name), events);
    take(at, read(file, state(start)));
    expect((await at.run(feed)).health).toMatchObject({ Fault: '', CaughtUp: true });
    const landed = at.landed(feed);
    const after = events.filter((event) => timeOf(event) >= start).map(id);
    const again = events.filter((event) => timeOf(event) < start && landed.includes(id(event)));
    expect(after.length).toBeGreaterThan(40);
    expect(landed).toEqual(expect.arrayContaining(after));
    expect(again.length).toBeGreaterThan(0);
    for (const event of again) expect(timeOf(event)).toBeGreaterThanOrEqual(start - 20 * minuteMs);
    expect(repeated(landed)).toEqual([]);
  });

  test('that is empty, broken or of another shape nothing is taken, and the person is told', () => {
    for (const text of ['', '{}', 'null', '{"from_date":"soon","start_time":"soon"}', '{"from_date":']) {
      expect(read(file, text)).toEqual({ feed: name, cursor: undefined, line: expect.stringContaining('START_DATE') });
    }
  });

  test('with a time ahead of now it goes on from now', () => {
    expect(read(file, state(now + dayMs))?.cursor).toMatchObject({
      kind: 'window',
      until: new Date(now).toISOString(),
    });
  });
});

function windowFeed(name: string): 'Audit' | 'SegDlp' | 'TtpUrl' | 'TtpAttachment' | 'TtpImpersonation' {
  const names = ['Audit', 'SegDlp', 'TtpUrl', 'TtpAttachment', 'TtpImpersonation'] as const;
  const found = names.find((each) => each === name);
  if (!found) throw new Error(`${name} has no window.`);
  return found;
}

describe.each([
  ['Checkpoint-SEG-CG', 'SegCg', 'receipt'],
  ['Checkpoint-Cloud-Integrated', 'CloudIntegrated', 'entities'],
] as const)('from the state file %s', (file, name, type) => {
  const feed = feedNamed(name);
  const events = (of: string) => someEvents(of, 3).map((event) => ({ ...event, type }));

  /** A tenant of which 3.x has read the files a and b, and the token of the page that it would read next. */
  async function afterOld() {
    const at = await stage();
    for (const of of 'ab') at.tenant.addFile(name, { events: events(of), type });
    await at.run(feed);
    at.clock.advance(5 * minuteMs);
    for (const of of 'cd') at.tenant.addFile(name, { events: events(of), type });
    return { at, nextPage: batchCursor(at.checkpoints.cursor(name)).listing.token };
  }

  test('a run goes on with the next page: nothing is missing, nothing comes twice', async () => {
    const { at, nextPage } = await afterOld();
    take(at, read(file, { nextPage }));
    await at.run(feed);
    expect(at.landed(feed)).toEqual(Array.from('abcd').flatMap((of) => idsOf(of, 3)));
    expect(at.lost(feed)).toEqual([]);
  });

  test('a page that Mimecast refuses leads back to the day before, with nothing missing', async () => {
    const { at } = await afterOld();
    at.tenant.addFile(name, { events: events('old'), type, availableAt: now - 3 * dayMs });
    take(at, read(file, { nextPage: 'no token of this tenant' }));
    const { health } = await at.run(feed);
    expect(health).toMatchObject({ Fault: '', CaughtUp: true });
    const ids = (of: string) => Array.from(of).flatMap((each) => idsOf(each, 3));
    expect(repeated(at.landed(feed)).toSorted()).toEqual(ids('ab').toSorted());
    expect(at.landed(feed)).toEqual(expect.arrayContaining(ids('cd')));
  });

  test('without a page it lists from the day before the file was written', () => {
    expect(read(file, {}, now - 2 * dayMs)?.cursor).toEqual({
      kind: 'batch',
      listing: { from: '2026-01-12' },
      done: [],
      failed: {},
      line: 0,
    });
    expect(read(file, '[')?.cursor).toBeUndefined();
  });
});

test('other files say nothing of a feed; those with lost events are known', () => {
  expect(read('performance_details', { pageToken: 'x', date: '2026-01-01' })).toBeUndefined();
  const names = ['Corrupt-Data-Cloud-Gateway_1', 'Audit-Ingest-To-Sentinel-Corrupt_2', 'Audit', 'Checkpoint-SEG-CG'];
  expect(names.map(isDeadLetter)).toEqual([true, true, false, false]);
});
