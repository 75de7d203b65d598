import { Readable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { type Lot, longestLineBytes, readLines, withoutFirst } from '../../functions/mimecast/lines.ts';
import { begun, serve, whole } from './scripted-server.ts';

const timeoutMs = 5_000;

type Line = string | { readonly startOfLongLine: string };

/** The lines of a lot, which says how many they are. */
function linesIn(lot: Lot): readonly Line[] {
  const lines = 'text' in lot ? lot.text.toString().split('\n') : [lot];
  expect(lot.count).toBe(lines.length);
  return lines;
}

async function linesOf(body: Uint8Array | Readable, size?: number): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const stream = body instanceof Readable ? body : Readable.from([Buffer.from(body)]);
  for await (const lot of readLines(stream, size, timeoutMs)) lines.push(...linesIn(lot));
  return lines;
}

/** Bytes as several gzip members that arrive one by one, so that each is unpacked by itself. */
function inMembers(bytes: Buffer, cuts: readonly number[]): Readable {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  const members = ends.map((end, index) => gzipSync(bytes.subarray(ends[index - 1] ?? 0, end)));
  async function* arriving(): AsyncGenerator<Buffer> {
    for (const member of members) {
      yield member;
      await setImmediate();
    }
  }
  return Readable.from(arriving());
}

function splitWhole(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

describe('readLines', () => {
  test('gives the same lines wherever the bytes are cut', async () => {
    const piece = fc.constantFrom('\n', '\r\n', '\n\n', '{"a":1}', 'ä', '日本', '💥', '\uFEFF', ' ');
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 12 }), async (given, cuts) => {
        expect(await linesOf(inMembers(Buffer.from(given), cuts))).toEqual(splitWhole(given));
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  test('survives bytes that are no text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 5 }),
        async (bytes, cuts) => {
          const given = Buffer.from(bytes);
          expect(await linesOf(inMembers(given, cuts))).toEqual(splitWhole(given.toString()));
        },
      ),
      { seed: 5, numRuns: 100 },
    );
  });

  test('counts blank lines, and keeps carriage returns and byte order marks', async () => {
    const lines = await linesOf(gzipSync('\uFEFF{"a":1}\r\n\r\n\n{"b":2}'));
    expect(lines).toEqual(['\uFEFF{"a":1}\r', '\r', '', '{"b":2}']);
  });

  test('finds no lines in an empty gzip, nor in a body without bytes that may be empty', async () => {
    const empty = gzipSync('');
    expect(await linesOf(empty, empty.length)).toEqual([]);
    expect(await linesOf(Buffer.alloc(0), 0)).toEqual([]);
    expect(await linesOf(Buffer.alloc(0), undefined)).toEqual([]);
  });

  test.each(['', '{}\n'])(
    'takes a line of 16 MB whole, and of one byte more only the start, behind %j',
    async (before) => {
      const exact = 'x'.repeat(longestLineBytes);
      const lines = await linesOf(gzipSync(`${before}${exact}\n${exact}y\nlast`, { level: 1 }));
      const [longest, tooLong, ...more] = lines.slice(before === '' ? 0 : 1);
      expect(longest).toHaveLength(longestLineBytes);
      expect(tooLong).toMatchObject({ startOfLongLine: expect.stringMatching(/^x{32000}/) });
      expect(more).toEqual(['last']);
    },
  );

  test('keeps of a line without end only its start, characters of four bytes among it', async () => {
    const [line, ...more] = await linesOf(gzipSync('💥'.repeat(longestLineBytes / 2), { level: 1 }));
    expect(more).toEqual([]);
    expect(line).toMatchObject({ startOfLongLine: expect.stringMatching(/^(💥){16000}/u) });
  });
});

describe('readLines of a broken body', () => {
  const good = gzipSync('{"a":1}\n{"a":2}\n'.repeat(20));
  const changed = (at: number, bits: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ bits;
    return bytes;
  };
  const broken: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['cut in the middle', good.subarray(0, good.length / 2), /unexpected end/],
    ['cut inside the header', good.subarray(0, 5), /unexpected end/],
    ['cut before the checksum', good.subarray(0, -8), /unexpected end/],
    ['corrupt', changed(10, 0b110), /no whole gzip/],
    ['of a wrong checksum', changed(good.length - 8, 0xff), /incorrect data check/],
    ['of a wrong length', changed(good.length - 4, 0xff), /incorrect length check/],
    ['no gzip', Buffer.from('This is no gzip.\n'), /incorrect header check/],
  ];

  test.each(broken)('calls one that is %s malformed, whether its size is known or not', async (_, body, message) => {
    for (const size of [undefined, 0, body.length]) {
      await expect(linesOf(body, size)).rejects.toMatchObject({
        fault: 'malformed',
        message: expect.stringMatching(message),
      });
    }
  });

  test('calls one that is empty where the listing states a size malformed', async () => {
    await expect(linesOf(Buffer.alloc(0), 489)).rejects.toMatchObject({
      fault: 'malformed',
      message: expect.stringContaining('489 bytes'),
    });
  });

  test('gives the lines that stand before the break', async () => {
    const text = `${'{"a":1}'.padEnd(1000)}\n`.repeat(1000);
    const lines: Line[] = [];
    const reading = async (): Promise<void> => {
      const body = gzipSync(text, { level: 0 }).subarray(0, 600_000);
      for await (const lot of readLines(Readable.from([body]), undefined, timeoutMs)) lines.push(...linesIn(lot));
    };
    await expect(reading()).rejects.toMatchObject({ fault: 'malformed' });
    expect(lines.length).toBeGreaterThan(300);
    expect(new Set(lines)).toEqual(new Set([text.slice(0, 1000)]));
  });
});

describe('readLines of a connection', () => {
  const never = new AbortController().signal;
  const body = gzipSync('{"a":1}\n'.repeat(1000), { level: 0 });

  test.each(['before any byte', 'in the middle'])('calls one that is reset %s unavailable', async (when) => {
    const { origin } = await serve(begun(when === 'in the middle' ? body.subarray(0, 4000) : '', 'reset'));
    const opened = axiosHttp(timeoutMs).open(origin, never);
    await expect(opened.then((reply) => linesOf(reply.body, body.length))).rejects.toMatchObject({
      fault: 'unavailable',
    });
  });

  test('gives up one that goes silent, after the lines that came', async () => {
    const { origin } = await serve(begun(body.subarray(0, 4000), 'silent'));
    const opened = await axiosHttp(timeoutMs).open(origin, never);
    const lines: Line[] = [];
    const reading = async (): Promise<void> => {
      for await (const lot of readLines(opened.body, undefined, 60)) lines.push(...linesIn(lot));
    };
    await expect(reading()).rejects.toMatchObject({ fault: 'unavailable', message: expect.stringContaining('silent') });
    expect(lines.length).toBeGreaterThan(100);
    expect(opened.body.destroyed).toBe(true);
  });

  test('does not call it silence when nobody reads', async () => {
    const long = gzipSync('{"a":1}\n'.repeat(200_000), { level: 0 });
    const { origin } = await serve(whole(200, long));
    const opened = await axiosHttp(timeoutMs).open(origin, never);
    let lines = 0;
    for await (const lot of readLines(opened.body, long.length, 60)) {
      if (lines === 0) await setTimeout(200);
      lines += lot.count;
    }
    expect(lines).toBe(200_000);
  });

  test('lets go of the body when the reader stops early', async () => {
    const { origin } = await serve(whole(200, gzipSync('{"a":1}\n'.repeat(200_000), { level: 0 })));
    const opened = await axiosHttp(timeoutMs).open(origin, never);
    for await (const lot of readLines(opened.body, undefined, timeoutMs)) if (lot.count > 0) break;
    expect(opened.body.destroyed).toBe(true);
  });
});

describe('withoutFirst', () => {
  const lot = { text: Buffer.from('a\n\nbc\n'), count: 4 };

  test.each([
    [-3, ['a', '', 'bc', '']],
    [0, ['a', '', 'bc', '']],
    [1, ['', 'bc', '']],
    [2, ['bc', '']],
    [3, ['']],
  ])('leaves %i lines out', (lines, left) => {
    const rest = withoutFirst(lot, lines);
    expect(rest && linesIn(rest)).toEqual(left);
  });

  test('has nothing left behind the last line, nor of a long one', () => {
    const long = { startOfLongLine: 'x', count: 1 } as const;
    expect([withoutFirst(lot, 4), withoutFirst(lot, 9), withoutFirst(long, 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(withoutFirst(long, 0)).toBe(long);
  });
});
