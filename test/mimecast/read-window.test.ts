import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Page } from '../../functions/collect/page.ts';
import type { Checkpoint } from '../../functions/collect/ports.ts';
import { audit } from '../../functions/feeds/audit.ts';
import { segDlp } from '../../functions/feeds/seg-dlp.ts';
import { ttpUrl } from '../../functions/feeds/ttp-url.ts';
import { mimecastRead } from '../../functions/mimecast/read.ts';
import { type Json, type JsonObject, isJsonObject, parseJson } from '../../functions/tables/json.ts';
import { contentOf } from '../fakes/bodies.ts';
import { legacyTimeText } from '../../local/mimecast/times.ts';
import { startApi } from './api.ts';
import { testRun } from './run.ts';
import { json } from './scripted-server.ts';
import { repeated, stage } from './stage.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** An audit event of an id at a time (epoch ms). */
const auditEvent = (id: string, time: number): JsonObject => ({
  id,
  auditType: 'Test',
  eventTime: legacyTimeText(time),
});
const dlpEvent = (id: string, time: number): JsonObject => ({
  messageId: id,
  action: 'hold',
  eventTime: legacyTimeText(time),
});

/** The first pages of a reading, and where to go on behind them. */
async function take(pages: AsyncGenerator<Page>, count: number): Promise<readonly Page[]> {
  const taken: Page[] = [];
  for await (const page of pages) if (taken.push(page) === count) break;
  return taken;
}

/** The time of a date as Mimecast documents it: whole seconds, numeric offset without colon. */
function secondsIn(date: Json | undefined): number {
  const isDocumented = typeof date === 'string' && /^\d{4}(-\d\d){2}T(\d\d:){2}\d\d\+0000$/.test(date);
  return isDocumented ? Date.parse(date) : Number.NaN;
}

describe('windows', () => {
  /** The spans that a run of a new feed asks for, in epoch ms. */
  async function spansOf(startDate: string): Promise<readonly (readonly [number, number])[]> {
    const run = testRun({ startDate });
    const { client, calls } = await startApi(json(200, { data: [] }), run);
    for await (const _ of mimecastRead(client)(segDlp, undefined, run));
    return calls().map(({ body }) => {
      const sent = parseJson(body);
      const [query] = isJsonObject(sent) && Array.isArray(sent['data']) ? sent['data'] : [];
      const { from, to } = isJsonObject(query) ? query : {};
      return [secondsIn(from), secondsIn(to)];
    });
  }

  test('of 60 days are at most a day long, overlap by 20 minutes and end a minute before now', async () => {
    const spans = await spansOf('2025-11-17');
    expect(spans.length).toBeGreaterThan(59);
    expect(spans[0]?.[0]).toBe(Date.UTC(2025, 10, 17));
    expect(spans.at(-1)?.[1]).toBe(Date.UTC(2026, 0, 15, 11, 59));
    for (const [from, to] of spans) {
      expect(to - from).toBeGreaterThan(0);
      expect(to - from).toBeLessThanOrEqual(dayMs);
    }
    const starts = spans.slice(1).map(([from]) => from);
    expect(starts).toEqual(spans.slice(0, -1).map(([, to]) => to - 20 * minuteMs));
  });

  test('begin at a start date of today, and shortly before now when it is still to come', async () => {
    expect(await spansOf('2026-01-15')).toEqual([[Date.UTC(2026, 0, 15), Date.UTC(2026, 0, 15, 11, 59)]]);
    expect(await spansOf('2026-01-20')).toEqual([[Date.UTC(2026, 0, 15, 11, 39), Date.UTC(2026, 0, 15, 11, 59)]]);
  });
});

describe('the window reader', () => {
  test('reads 60 days of events in one run, each once', async () => {
    const { tenant, run, landed, lost, clock } = await stage();
    for (let n = 1; n < 59 * 4; n++) tenant.add('Audit', [auditEvent(`a${n}`, clock.now() - n * 6 * 3_600_000)], 0);
    const { health } = await run(audit, { startDate: '2025-11-17' });
    expect(health).toMatchObject({ Fault: '', CaughtUp: true, Message: '' });
    expect(lost(audit)).toEqual([]);
    expect(repeated(landed(audit))).toEqual([]);
  });

  test('says what Mimecast keeps no more, when it starts or was down for too long', async () => {
    const { run, clock } = await stage();
    const first = await run(audit, { startDate: '2025-11-10' });
    expect(first.health['Message']).toMatch(/keeps 60 days: events between 2025-11-10T00:20.*2025-11-16T12:00/);
    clock.advance(61 * dayMs);
    const second = await run(audit);
    expect(second.health['Message']).toMatch(/events between 2026-01-15T11:59.*2026-01-16T12:00/);
    expect(second.health).toMatchObject({ Fault: '', CaughtUp: true });
  });

  test('finds every event that shows up to 15 minutes late, once, however often it runs', async () => {
    const moment = fc.record({ afterMs: fc.nat(6 * 60 * minuteMs), lateMs: fc.nat(15 * minuteMs) });
    const pauses = fc.array(fc.integer({ min: 1000, max: 90 * minuteMs }), { minLength: 3, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 30 }), pauses, async (moments, pausesMs) => {
        const { tenant, run, landed, lost, clock } = await stage({ pageCap: 7 });
        const began = clock.now();
        for (const [n, { afterMs, lateMs }] of moments.entries()) {
          const time = began + Math.floor(afterMs / 1000) * 1000;
          tenant.add('SegDlp', [dlpEvent(`d${n}`, time)], time + lateMs);
        }
        for (const pauseMs of [...pausesMs, 7 * 60 * minuteMs]) {
          clock.advance(pauseMs);
          expect((await run(segDlp)).health).toMatchObject({ Fault: '', CaughtUp: true });
        }
        expect(lost(segDlp)).toEqual([]);
        expect(repeated(landed(segDlp))).toEqual([]);
        await tenant.close();
      }),
      { seed: 3, numRuns: 25 },
    );
  });

  test('takes an event on the edge of two windows once, whole seconds around it', async () => {
    const { tenant, run, landed, lost, clock } = await stage();
    const edges = [clock.now() - minuteMs, clock.now() - 21 * minuteMs, clock.now() + 9 * minuteMs];
    for (const edge of edges) {
      for (const s of [-2, -1, 0, 1, 2]) tenant.add('Audit', [auditEvent(`${edge} ${s}`, edge + s * 1000)], 0);
    }
    for (const minutes of [0, 10, 10, 10, 10]) {
      clock.advance(minutes * minuteMs);
      await run(audit);
    }
    expect(lost(audit)).toEqual([]);
    expect(repeated(landed(audit))).toEqual([]);
    expect(landed(audit)).toHaveLength(15);
  });

  test('takes an event without a readable time once, though every window shows it', async () => {
    const { tenant, run, rows, clock } = await stage();
    tenant.add('TtpUrl', [
      { messageId: 'none', url: 'https://x' },
      { messageId: 'odd', date: 'soon' },
    ]);
    for (let n = 0; n < 4; n++) {
      expect((await run(ttpUrl)).health).toMatchObject({ EventsRead: n === 0 ? 14 : 2, RowsSent: n === 0 ? 2 : 0 });
      clock.advance(10 * minuteMs);
    }
    expect(rows(ttpUrl)).toMatchObject([{ messageId: 'none' }, { messageId: 'odd' }]);
    expect(rows(ttpUrl).map(({ EventTime }) => EventTime)).toEqual([undefined, undefined]);
  });
});

describe('inside a window', () => {
  /** A feed that is up to date, then six new events on pages of two. */
  async function halfway() {
    const staged = await stage({ pageCap: 2 });
    const { tenant, run, clock } = staged;
    tenant.add('SegDlp', [dlpEvent('old', clock.now() - 5 * minuteMs)], 0);
    await run(segDlp);
    clock.advance(10 * minuteMs);
    const ids = [1, 2, 3, 4, 5, 6].map((n) => `n${n}`);
    for (const [n, id] of ids.entries()) tenant.add('SegDlp', [dlpEvent(id, clock.now() - (8 - n) * minuteMs)], 0);
    return { ...staged, ids };
  }

  test('a run goes on by the page token, without asking again for what it has', async () => {
    for (const count of [1, 2, 3]) {
      const { read, checkpoints, clock, tenant, ids } = await halfway();
      const asked = tenant.requests.dlp;
      const saved = { cursor: checkpoints.cursor('SegDlp') ?? raise(), savedAt: clock.now() };
      const first = await take(read(segDlp, saved, testRun({ clock })), count);
      const behind: Checkpoint = { cursor: first.at(-1)?.next ?? raise(), savedAt: clock.now() };
      clock.advance(3 * minuteMs);
      const rest = await take(read(segDlp, behind, testRun({ clock })), 9);
      const events = [...first, ...rest].flatMap((page) => contentOf(page).events);
      expect(events.map(({ messageId }) => messageId)).toEqual(ids);
      // Four pages of the window and, behind it, four of the one that repeats it.
      expect(tenant.requests.dlp - asked).toBe(8);
    }
  });

  test('a token that has expired makes it start again and send only what is new', async () => {
    const { read, run, checkpoints, clock, tenant, landed, ids, logs } = await halfway();
    const saved = { cursor: checkpoints.cursor('SegDlp') ?? raise(), savedAt: clock.now() };
    const [page] = await take(read(segDlp, saved, testRun({ clock })), 2).then((pages) => pages.slice(1));
    checkpoints.put('SegDlp', { cursor: page?.next ?? raise(), savedAt: clock.now() });
    const sent = logs.rows(segDlp.table.name).length;
    tenant.trouble({ at: 'dlp', kind: 'expiredToken' });
    const { health } = await run(segDlp);
    expect(health).toMatchObject({ Fault: '', CaughtUp: true, Message: expect.stringContaining('read again') });
    expect(
      landed(segDlp)
        .slice(sent)
        .map((id) => id.split(' ')[0]),
    ).toEqual(ids.slice(3));
  });

  test.each(['expiredToken', 'expiredTokenInOk'] as const)(
    'tokens that are never taken (%s) end the run after two restarts',
    async (kind) => {
      const { run, clock, tenant, lost, landed } = await halfway();
      tenant.trouble({ at: 'dlp', kind, times: Infinity });
      for (let n = 0; n < 3; n++)
        expect((await run(segDlp)).health).toMatchObject({ Fault: 'expired', CaughtUp: false });
      tenant.calm();
      clock.advance(10 * minuteMs);
      expect((await run(segDlp)).health).toMatchObject({ Fault: '', CaughtUp: true });
      expect(lost(segDlp)).toEqual([]);
      expect(repeated(landed(segDlp))).toEqual([]);
    },
  );

  test('of a whole day a restart sends older events twice, by the same id, and loses none', async () => {
    const { tenant, run, rows, lost, clock } = await stage({ pageCap: 2 });
    for (let n = 1; n < 8; n++) tenant.add('Audit', [auditEvent(`a${n}`, clock.now() - n * 3 * 3_600_000)], 0);
    tenant.trouble({ at: 'audit', kind: 'expiredToken', after: 1 });
    expect((await run(audit, { startDate: '2026-01-14' })).health).toMatchObject({ Fault: '', CaughtUp: true });
    expect(lost(audit)).toEqual([]);
    expect(new Set(rows(audit).map(({ EventId }) => EventId)).size).toBe(7);
  });
});

function raise(): never {
  throw new Error('There is no cursor.');
}
