import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BatchFile, batchFile, fileQueue } from '../../functions/mimecast/files.ts';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { type Answer, begun, inTurn, reset, serve, silent, whole } from './scripted-server.ts';

const mb = 1024 * 1024;
const never = new AbortController().signal;

/** Answers with the file's own name. */
const itsName: Answer = (response, asked) => whole(200, asked.url.pathname)(response, asked);

/** Answers some paths as told, all others with their name. */
function byPath(answers: Readonly<Record<string, Answer>>): Answer {
  return (response, asked) => (answers[asked.url.pathname] ?? itsName)(response, asked);
}

/** Files `/0`, `/1` and so on, of these stated sizes. */
async function stage(
  sizes: readonly (number | undefined)[],
  answer: Answer = itsName,
  signal = never,
  timeoutMs = 5_000,
) {
  const { origin, asked } = await serve(answer);
  const files = sizes.map((size, index): BatchFile => ({
    name: `/${index}`,
    url: `${origin}/${index}?sig=hush`,
    size,
  }));
  const queue = fileQueue(files, axiosHttp(timeoutMs), signal);
  const names = () => asked.map(({ url }) => url.pathname);
  /** Reads a file's whole text. */
  async function textOf(index: number): Promise<string> {
    const [file] = files.slice(index);
    if (!file) throw new Error(`There is no file ${index}.`);
    return Buffer.concat(await (await queue.open(file)).toArray()).toString();
  }
  return { textOf, names, asked };
}

describe('batchFile', () => {
  const name = (url: string): string => batchFile({ url }).name;

  test('is named by its path, for the query is signed anew in each listing', () => {
    expect(name('https://host/bucket/a%20b.json.gz?X-Amz-Signature=1#x')).toBe('/bucket/a%20b.json.gz');
    expect(batchFile({ url: 'https://host/a', size: 489 }).size).toBe(489);
    expect(batchFile({ url: 'https://host/a', size: null }).size).toBeUndefined();
  });

  test('is named by a hash where the path is longer than 200 characters', () => {
    const path = `/${'a'.repeat(199)}`;
    expect(name(`https://host${path}`)).toBe(path);
    const [one, again, other] = ['b?x', 'b?y', 'c'].map((end) => name(`https://host${path}${end}`));
    expect(one).toMatch(/^[\w-]{22}$/);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test('may come over http from this machine alone', () => {
    const loopback = ['http://127.0.0.1:8080/a', 'http://127.8.9.1/a', 'http://localhost/a', 'http://[::1]:1/a'];
    for (const url of loopback) expect(name(url)).toBe('/a');
    const refused = [
      'http://10.0.0.1/a?hush',
      'http://localhost.example.com/a?hush',
      'ftp://127.0.0.1/a?hush',
      'file:///hush',
    ];
    for (const url of refused) {
      const message = expect.not.stringContaining('hush');
      expect(() => batchFile({ url })).toThrow(expect.objectContaining({ fault: 'malformed', message }));
    }
  });
});

describe('fileQueue', () => {
  test('gives the files in their order while the next four are on their way', async () => {
    const slowly = byPath({ '/0': (response, asked) => void setTimeout(40).then(() => itsName(response, asked)) });
    const { textOf, names } = await stage(Array<number>(8).fill(10), slowly);
    const zero = textOf(0);
    await expect.poll(() => names().length).toBe(5);
    expect(await zero).toBe('/0');
    for (let index = 1; index < 8; index++) expect(await textOf(index)).toBe(`/${index}`);
    expect(names().toSorted()).toEqual(['/0', '/1', '/2', '/3', '/4', '/5', '/6', '/7']);
  });

  test('holds files of 8 MB together, and goes on fetching as they are opened', async () => {
    const { textOf, names } = await stage([3 * mb, 3 * mb, 3 * mb, 3 * mb, 2.5 * mb, 3 * mb]);
    await textOf(0);
    await expect.poll(() => names().length).toBe(3);
    await textOf(1);
    await expect.poll(() => names().toSorted()).toEqual(['/0', '/1', '/2', '/3']);
    await textOf(2);
    await expect.poll(() => names().toSorted()).toEqual(['/0', '/1', '/2', '/3', '/4']);
  });

  test.each([
    ['bigger than that', 9 * mb],
    ['of unknown size', undefined],
  ])('asks for a file %s, and those behind it, only when it is its turn', async (_, size) => {
    const { textOf, names } = await stage([10, size, 10]);
    await textOf(0);
    await setTimeout(20);
    expect(names()).toEqual(['/0']);
    expect(await textOf(1)).toBe('/1');
    await expect.poll(() => names().toSorted()).toEqual(['/0', '/1', '/2']);
    expect(await textOf(2)).toBe('/2');
    expect(names()).toHaveLength(3);
  });

  test.each([0, 1, 100])('streams a body that is longer than the %i bytes stated', async (stated) => {
    const long = 'x'.repeat(300_000);
    const { textOf, names } = await stage([10, stated], whole(200, long));
    await textOf(0);
    expect(await textOf(1)).toBe(long);
    expect(names().toSorted()).toEqual(['/0', '/1', '/1']);
  });

  test('gives an empty body as it is', async () => {
    const { textOf } = await stage([0, 0], whole(200, ''));
    expect([await textOf(0), await textOf(1)]).toEqual(['', '']);
  });

  test.each<readonly [string, Answer, string]>([
    ['403', whole(403, '<Error>'), 'expired'],
    ['404', whole(404, '<Error>'), 'expired'],
    ['302', whole(302, '', { location: '/there' }), 'expired'],
    ['400', whole(400, ''), 'expired'],
    ['429', whole(429, ''), 'unavailable'],
    ['408', whole(408, ''), 'unavailable'],
    ['500', whole(500, ''), 'unavailable'],
    ['503', whole(503, ''), 'unavailable'],
    ['a cut connection', reset, 'unavailable'],
  ])('meets %s with its fault, ahead or not, and asks again when opened again', async (_, answer, fault) => {
    const { textOf } = await stage([10, 10], byPath({ '/0': inTurn(answer, itsName), '/1': inTurn(answer, itsName) }));
    const failing = { fault, message: expect.not.stringContaining('hush') };
    await expect(textOf(0)).rejects.toMatchObject(failing);
    await expect(textOf(1)).rejects.toMatchObject(failing);
    expect([await textOf(0), await textOf(1)]).toEqual(['/0', '/1']);
  });

  test.each([
    ['is cut', 'reset'],
    ['goes silent', 'silent'],
  ] as const)('calls a body ahead that %s unavailable', async (_, then) => {
    const { textOf } = await stage([1000, 1000], byPath({ '/1': begun('abc', then) }), never, 60);
    await textOf(0);
    await expect(textOf(1)).rejects.toMatchObject({ fault: 'unavailable' });
  });

  test('keeps the trouble of a file to itself', async () => {
    const { textOf } = await stage([10, 10, 10, 10], byPath({ '/2': whole(403, '') }));
    const outcomes = [];
    for (const index of [0, 1, 2, 3]) outcomes.push(await textOf(index).catch(() => 'failed'));
    expect(outcomes).toEqual(['/0', '/1', 'failed', '/3']);
  });

  test('ends what is on its way with the signal, and leaves nothing unhandled', async () => {
    const unhandled: unknown[] = [];
    const keep = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', keep);
    onTestFinished(() => void process.off('unhandledRejection', keep));
    const stop = new AbortController();
    let cut = 0;
    const { textOf, names } = await stage(
      [10, 10, 10, 10],
      (response, asked) => {
        response.on('close', () => cut++);
        byPath({ '/1': silent, '/2': begun('a', 'silent'), '/3': begun('a', 'silent') })(response, asked);
      },
      stop.signal,
    );
    await textOf(0);
    await expect.poll(() => names().length).toBe(4);
    stop.abort(new Error('the deadline'));
    await expect.poll(() => cut).toBe(4);
    await setTimeout(20);
    expect(unhandled).toEqual([]);
  });
});
