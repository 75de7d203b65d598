import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import type { BatchFile } from '../../local/mimecast/tenant.ts';
import { someEvents } from './batch-events.ts';
import { stage } from './stage.ts';

const anHourAgo = Date.UTC(2026, 0, 15, 11);

/** Reads files in one run. */
async function read(...files: readonly BatchFile[]) {
  const { tenant, run, ...staged } = await stage();
  const names = files.map((file) => tenant.addFile('SegCg', file));
  const { error, health } = await run(segCg);
  expect(error).toBeUndefined();
  expect(health).toMatchObject({ CaughtUp: true });
  return { ...staged, names, health };
}

const event = (id: string, more: JsonObject = {}): string =>
  JSON.stringify({ type: 'receipt', processingId: id, ...more });

describe('lines of a file', () => {
  test('may be blank, end in CRLF, begin with a byte order mark and lack the last line end', async () => {
    const { landed, rejected } = await read(
      { lines: [event('a'), '', '   ', event('b'), ''], lineEnd: '\r\n', byteOrderMark: true },
      { body: gzipSync(`${event('c')}\n\n\n${event('d')}`) },
      { body: Buffer.concat([gzipSync(`${event('e')}\n`), gzipSync(`${event('f')}\n`)]) },
    );
    expect(landed(segCg)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(rejected()).toEqual([]);
  });

  test('that are no events go to Rejected with the place where they stood, and the others go on', async () => {
    const lines = [event('a'), '{"type":"receipt"', '', '[1]', '"text"', 'null', event('b'), '\u0000', event('c')];
    const { landed, rejected, names, health } = await read({ lines });
    expect(landed(segCg)).toEqual(['a', 'b', 'c']);
    expect(health).toMatchObject({ EventsRead: 3, RowsSent: 3, Rejected: 5 });
    const [name = ''] = names;
    expect(rejected().map(({ Source, RawText }) => [Source, RawText])).toEqual([
      [`${name}:2`, '{"type":"receipt"'],
      [`${name}:4`, '[1]'],
      [`${name}:5`, '"text"'],
      [`${name}:6`, 'null'],
      [`${name}:8`, '\u0000'],
    ]);
    expect(new Set(rejected().map(({ EventId }) => EventId)).size).toBe(5);
  });

  test('of more than 16 MB go to Rejected with their first 32,000 characters', async () => {
    const long = event('long', { subject: 'x'.repeat(17 * 1024 * 1024) });
    const { landed, rejected, names } = await read({ lines: [event('a'), long, event('b')], type: 'receipt' });
    expect(landed(segCg)).toEqual(['a', 'b']);
    expect(rejected()).toEqual([
      expect.objectContaining({
        Source: `${names[0]}:2`,
        Reason: 'the line is longer than 16 MB',
        RawText: expect.stringMatching(/^.{32000}$/),
      }),
    ]);
  });

  test('of any other length become rows, their long fields cut and named', async () => {
    const { rows } = await read({
      lines: [
        event('long', { subject: 'x'.repeat(200_000), other: 'y'.repeat(200_000) }),
        event('cjk', { subject: '漢'.repeat(200_000) }),
      ],
    });
    const cut = rows(segCg).map(({ subject, Truncated }) => [JSON.stringify(subject).length - 2, Truncated]);
    expect(cut).toEqual([
      [32_000, 'subject, AdditionalFields'],
      [21_333, 'subject'],
    ]);
  });

  test('without a readable time become rows without an EventTime', async () => {
    const lines = [event('none'), event('null', { timestamp: null }), event('text', { timestamp: 'yesterday' })];
    const { rows, clock } = await read({ lines: [...lines, event('good', { timestamp: anHourAgo })] });
    const collected = new Date(clock.now()).toISOString();
    const times = rows(segCg).map((row) => [row['processingId'], row['EventTime'], row['TimeGenerated']]);
    const good = new Date(anHourAgo).toISOString();
    expect(times).toEqual([
      ['none', undefined, collected],
      ['null', undefined, collected],
      ['text', undefined, collected],
      ['good', good, good],
    ]);
  });

  test('keep their id whatever their order of keys, place in the stream or file', async () => {
    const same = ['{"type":"av","a":{"x":1,"y":2}}', '{"_offset":7,"a":{"y":2,"x":1},"_partition":1,"type":"av"}'];
    const { rows } = await read({ lines: same }, { lines: same });
    expect(rows(segCg)).toHaveLength(4);
    expect(new Set(rows(segCg).map(({ EventId }) => EventId)).size).toBe(1);
  });

  test('know their type by either spelling, and keep one that nobody knows', async () => {
    const { rows } = await read({
      lines: ['{"type":"av","subtype":"s"}', '{"eventType":"av","subType":"s"}', '{"type":"brand new"}'],
    });
    expect(rows(segCg)).toMatchObject([
      { Logtype: 'email_antivirus', subtype: 's' },
      { Logtype: 'email_antivirus', subtype: 's' },
      { Logtype: 'brand new' },
    ]);
  });
});

describe('the other batch feed', () => {
  test('reads its own files alone', async () => {
    const { tenant, run, rows } = await stage();
    tenant.addFile('SegCg', { events: someEvents('cg', 2) });
    tenant.addFile('CloudIntegrated', { events: [{ type: 'entities', processingId: 'ci-0', timestamp: anHourAgo }] });
    await run(cloudIntegrated);
    expect(rows(cloudIntegrated)).toMatchObject([{ processingId: 'ci-0' }]);
    expect(tenant.requests.cgBatch).toBe(0);
  });
});
