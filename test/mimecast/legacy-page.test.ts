import { describe, expect, test } from 'vitest';
import { type LegacyRequest, askPages } from '../../functions/mimecast/legacy-page.ts';
import { type Json, parseJson } from '../../functions/tables/json.ts';
import { startApi } from './api.ts';
import { testRun } from './run.ts';
import { type Answer, inTurn, json } from './scripted-server.ts';

const request: LegacyRequest = { path: '/api/x', product: 'X', query: { from: 'a', to: 'b' } };
const wrapped: LegacyRequest = { ...request, items: 'clickLogs' };

/** A page of a legacy list; `next` as it stands in the pagination. */
function page(data: Json, next?: Json, more: object = {}): Answer {
  return json(200, {
    meta: { status: 200, pagination: { ...(next !== undefined && { next }), ...more } },
    data,
    fail: [],
  });
}

/** Asks for all pages. @returns records and rejections in their order, and the token behind each page */
async function pagesOf(answer: Answer, asked = request, from?: string) {
  const api = await startApi(answer);
  const records: Json[] = [];
  const rejected: string[] = [];
  const tokens: (string | undefined)[] = [];
  const sent = () => api.calls().map(({ body }) => parseJson(body));
  const reading = (async () => {
    for await (const each of askPages(asked, from, api.client, api.run)) {
      records.push(...each.records);
      rejected.push(...each.rejected.map(({ rawText }) => rawText));
      tokens.push(each.nextToken);
    }
    return { records, rejected, tokens, sent };
  })();
  return { reading, records, sent, run: api.run };
}

const read = async (answer: Answer, asked = request, from?: string) => (await pagesOf(answer, asked, from)).reading;

describe('askPages', () => {
  test('follows the tokens to the last page, and sends the query each time', async () => {
    const { records, tokens, sent } = await read(
      inTurn(page([{ n: 1 }], 'p2'), page([{ n: 2 }], 'p3'), page([{ n: 3 }])),
    );
    expect(records).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(tokens).toEqual(['p2', 'p3', undefined]);
    const data = [{ from: 'a', to: 'b' }];
    expect(sent()).toEqual([
      { meta: { pagination: { pageSize: 500 } }, data },
      { meta: { pagination: { pageSize: 500, pageToken: 'p2' } }, data },
      { meta: { pagination: { pageSize: 500, pageToken: 'p3' } }, data },
    ]);
  });

  test('goes on behind a saved token, and sends no data where there is no query', async () => {
    const { sent } = await read(page([{ n: 1 }]), { path: '/api/x', product: 'X' }, 'p7');
    expect(sent()).toEqual([{ meta: { pagination: { pageSize: 500, pageToken: 'p7' } } }]);
  });

  test.each<readonly [string, Json]>([
    ['a list of nothing', []],
    ['a wrapper without the list', [{}]],
    ['a wrapper with counts', [{ resultCount: 0 }]],
    ['a wrapper whose list is empty', [{ clickLogs: [], resultCount: 0 }]],
    ['a wrapper whose list is null', [{ clickLogs: null }]],
    ['a null in place of the wrapper', [null]],
  ])('takes %s for an empty result', async (_, data) => {
    expect(await read(page(data), wrapped)).toMatchObject({ records: [], rejected: [], tokens: [undefined] });
  });

  test('takes the list out of its wrapper, and out of several', async () => {
    const { records } = await read(
      page([{ clickLogs: [{ n: 1 }], resultCount: 1 }, { clickLogs: [{ n: 2 }] }]),
      wrapped,
    );
    expect(records).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test.each<readonly [string, Json]>([
    ['another list', [{ otherLogs: [{ n: 1 }] }]],
    ['an object for a list', [{ clickLogs: { n: 1 } }]],
    ['records that stand there bare', [{ url: 'https://x', action: 'block' }]],
    ['text', ['clickLogs']],
  ])('calls a wrapper with %s malformed instead of losing it', async (_, data) => {
    await expect(read(page(data), wrapped)).rejects.toMatchObject({
      fault: 'malformed',
      message: expect.stringContaining('/api/x'),
    });
  });

  test('rejects what is no object in a list, and knows that a null is nothing', async () => {
    const { records, rejected } = await read(page([{ n: 1 }, 'text', 7, null, ['x'], { n: 2 }]));
    expect(records).toEqual([{ n: 1 }, { n: 2 }]);
    expect(rejected).toEqual(['"text"', '7', '["x"]']);
  });

  test('reads the next token also from an object, and takes an empty one for the end', async () => {
    const last: readonly Json[] = ['', null, {}, { pageToken: null }, { pageToken: '' }];
    for (const next of last) {
      const { tokens } = await read(inTurn(page([{ n: 1 }], { pageToken: 'p2' }), page([{ n: 2 }], next)));
      expect(tokens).toEqual(['p2', undefined]);
    }
  });

  test.each<readonly [string, object]>([
    ['pagination', { meta: { status: 200 }, data: [{ n: 1 }], fail: [] }],
    ['meta', { data: [{ n: 1 }] }],
    ['anything in meta', { meta: null, data: [{ n: 1 }], fail: null }],
  ])('takes an answer without %s for the last page', async (_, body) => {
    expect(await read(json(200, body))).toMatchObject({ records: [{ n: 1 }], tokens: [undefined] });
  });

  test('takes a code that only says that nothing is there for an empty last page', async () => {
    const none = json(200, { fail: [{ errors: [{ code: 'err_threat_intel_feed_no_result_found' }] }] });
    expect(await read(none)).toMatchObject({ records: [], tokens: [undefined] });
  });
});

describe('null in place of data', () => {
  test.each<readonly [string, Json]>([
    ['null', null],
    ['missing', {}],
  ])('is asked for again when it is %s, and the records that come then are read', async (kind, data) => {
    const none = kind === 'null' ? page(data) : json(200, { meta: { status: 200 } });
    const { records, tokens } = await read(inTurn(none, none, page([{ n: 1 }], 'p2'), page([{ n: 2 }])));
    expect(records).toEqual([{ n: 1 }, { n: 2 }]);
    expect(tokens).toEqual(['p2', undefined]);
  });

  test('is an empty page when it stands and counts nothing', async () => {
    expect(await read(page(null, undefined, { pageSize: 0, totalCount: 0 }))).toMatchObject({
      records: [],
      tokens: [undefined],
    });
    expect(await read(json(200, { data: null }))).toMatchObject({ records: [], tokens: [undefined] });
  });

  test('stops the reading when it stands and the page counts records', async () => {
    const { reading, sent } = await pagesOf(page(null, 'p2', { pageSize: 25 }));
    await expect(reading).rejects.toMatchObject({ fault: 'unavailable', message: expect.stringContaining('/api/x') });
    expect(sent()).toHaveLength(3);
  });
});

describe('page tokens', () => {
  test('that repeat with records are malformed, for they would never end', async () => {
    const { reading, records } = await pagesOf(page([{ n: 1 }], 'same'));
    await expect(reading).rejects.toMatchObject({ fault: 'malformed' });
    expect(records).toEqual([{ n: 1 }]);
  });

  test.each([
    ['one after the other', ['a', 'b', 'a']],
    ['after many others', ['a', 'b', 'c', 'd', 'e', 'b']],
  ])('that come round again %s are malformed too', async (_, names) => {
    const { reading, records } = await pagesOf(inTurn(...names.map((name, n) => page([{ n }], name))));
    await expect(reading).rejects.toMatchObject({ fault: 'malformed' });
    expect(records).toHaveLength(names.length - 1);
  });

  test('that repeat without records are the end', async () => {
    const { tokens } = await read(inTurn(page([{ n: 1 }], 'same'), page([], 'same')));
    expect(tokens).toEqual(['same', undefined]);
  });

  test('are followed over two empty pages, and not over a third', async () => {
    const pages = inTurn(page([{ n: 1 }], 'a'), page([], 'b'), page([], 'c'), page([{ n: 2 }], 'd'), page([]));
    expect((await read(pages)).records).toEqual([{ n: 1 }, { n: 2 }]);
    let count = 0;
    const endless: Answer = (response, asked) => page([], `t${++count}`)(response, asked);
    const { tokens } = await read(endless);
    expect(tokens).toEqual(['t1', 't2', undefined]);
  });

  test('are not followed past the deadline: the last page names where to go on', async () => {
    const run = testRun();
    const { client } = await startApi((response, asked) => {
      run.clock.advance(100_000);
      page([{ n: 1 }], `after ${run.clock.now()}`)(response, asked);
    }, run);
    const tokens: (string | undefined)[] = [];
    for await (const { nextToken } of askPages(request, undefined, client, run)) tokens.push(nextToken);
    expect(tokens).toHaveLength(3);
    expect(tokens.at(-1)).toBe(`after ${run.clock.now()}`);
  });
});
