import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Feed } from '../../functions/collect/feed.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import type { TroubleKind } from '../../local/mimecast/tenant.ts';
import { stage } from '../mimecast/stage.ts';
import { addNews, endpoints, feedAt, inventedOf, lostOf } from './mimecast-feeds.ts';
import { untilQuiet } from './mimecast-suffering.ts';
import { hostTroubles, tokenTroubles, troublesAt } from './mimecast-troubles.ts';

const minuteMs = 60_000;
// A hang costs real time; endless files come of repeating files over and over.
const left: readonly TroubleKind[] = ['hang', 'hangMidway', 'repeatedEvents'];
const kindsOf = (troubles: readonly { readonly kind: TroubleKind }[]): readonly TroubleKind[] =>
  troubles.map(({ kind }) => kind).filter((kind) => !left.includes(kind));

const troubles = [
  ...endpoints.flatMap((at) => kindsOf(troublesAt(at)).map((kind) => ({ at, kind }))),
  ...kindsOf(tokenTroubles).map((kind) => ({ at: 'token', kind }) as const),
  ...kindsOf(hostTroubles).map((kind) => ({ at: 'files', kind }) as const),
  ...(['linkExpired', 'linkMissing', 'cutGzip', 'corruptGzip', 'emptyBody'] as const).map(
    (kind) => ({ at: 'files', kind }) as const,
  ),
];

const striking = fc.record({
  which: fc.constantFrom(...troubles),
  times: fc.integer({ min: 1, max: 6 }),
  after: fc.nat(6),
});
const step = fc.record({
  strikes: fc.array(striking, { maxLength: 3 }),
  hasNews: fc.boolean(),
  // From a run that is over before it has begun to one with time for many retries.
  budgetMs: fc.constantFrom(0, 1, 500, 2_000, 60_000, 240_000),
  pauseMinutes: fc.constantFrom(0, 1, 5, 10, 45, 600),
});
const story = fc.record({
  feedIndex: fc.nat(feeds.length - 1),
  pageCap: fc.integer({ min: 1, max: 4 }),
  steps: fc.array(step, { minLength: 2, maxLength: 10 }),
});

/** The endpoints that a feed asks, and those all ask. */
function concerns(feed: Feed, at: (typeof troubles)[number]['at']): boolean {
  return at === 'token' || at === 'files' || feedAt[at] === feed;
}

test('whatever befalls a feed in whatever order, everything is there in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      story,
      fc.array(striking, { minLength: 4, maxLength: 12 }),
      async ({ feedIndex, pageCap, steps }, more) => {
        const feed = feeds[feedIndex] ?? segCg;
        const staged = await stage({ pageCap });
        const { tenant, run, clock } = staged;
        addNews(tenant, feed, clock.now());
        for (const [index, { strikes, hasNews, budgetMs, pauseMinutes }] of steps.entries()) {
          for (const { which, times, after } of [...strikes, ...more.slice(index, index + 2)]) {
            if (concerns(feed, which.at)) tenant.trouble({ ...which, times, after });
          }
          await run(feed, { budgetMs });
          clock.advance(pauseMinutes * minuteMs);
          if (hasNews) addNews(tenant, feed, clock.now());
        }
        tenant.calm();
        // What is new after a day's snapshot was taken is in the next one.
        if (feed.source.kind === 'snapshot') clock.advance(24 * 60 * minuteMs);
        await untilQuiet(staged, feed);
        expect(lostOf(staged, feed)).toEqual([]);
        expect(inventedOf(staged, feed)).toEqual([]);
        expect(staged.rejected()).toEqual([]);
        await tenant.close();
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});
