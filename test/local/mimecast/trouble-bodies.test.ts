import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type BodyKind, isBodyKind } from '../../../local/mimecast/trouble-bodies.ts';
import { list, stage, tokenOf, textAt } from './client.ts';

const events = Array.from({ length: 200 }, (_, n) => ({ type: 'receipt', processingId: `${n * 7919}` }));

/** Downloads a file that a trouble has struck; the whole file comes with it. */
async function struck(kind: BodyKind): Promise<{ response: Response; whole: Buffer }> {
  const { tenant } = await stage();
  tenant.addFile('SegCg', { events });
  const { json } = await list(tenant, await tokenOf(tenant), {});
  const link = textAt(json, 'value', 0, 'url');
  const whole = Buffer.from(await (await fetch(link)).arrayBuffer());
  tenant.trouble({ at: 'files', kind });
  return { response: await fetch(link, { signal: AbortSignal.timeout(300) }), whole };
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** What a struck download is like; every one has the status and headers of a good one. */
const effects: Record<BodyKind, (response: Response, whole: Buffer) => Promise<void>> = {
  resetMidway: async (response) => expect(bytesOf(response)).rejects.toThrow('terminated'),
  hangMidway: async (response) => expect(bytesOf(response)).rejects.toThrow('timeout'),
  async cutJson(response, whole) {
    expect(await bytesOf(response)).toEqual(whole.subarray(0, Math.ceil(whole.length / 2)));
  },
  async emptyBody(response) {
    expect(await bytesOf(response)).toHaveLength(0);
    expect(response.headers.get('content-length')).toBe('0');
  },
  async cutGzip(response) {
    const body = await bytesOf(response);
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(() => gunzipSync(body)).toThrow('unexpected end of file');
  },
  async corruptGzip(response, whole) {
    const body = await bytesOf(response);
    expect(body).toHaveLength(whole.length);
    expect(() => gunzipSync(body)).toThrow('invalid block type');
  },
  async wrongChecksum(response) {
    const body = await bytesOf(response);
    expect(() => gunzipSync(body)).toThrow('incorrect data check');
  },
  async notGzip(response) {
    const body = await bytesOf(response);
    expect(() => gunzipSync(body)).toThrow('incorrect header check');
  },
};

const kinds = Object.entries(effects).flatMap(([kind, expectEffect]) =>
  isBodyKind(kind) ? [{ kind, expectEffect }] : [],
);

test.each(kinds)('$kind spoils a file whose status and headers are good', async ({ kind, expectEffect }) => {
  const { response, whole } = await struck(kind);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/gzip']);
  await expectEffect(response, whole);
});

test('a spoilt body waits for an answer that is good', async () => {
  const { tenant } = await stage();
  tenant.trouble({ at: 'cgBatch', kind: 'cutJson' });
  const refused = await list(tenant, 'unknown', {});
  expect([refused.status, refused.json]).toEqual([401, { fail: [{ code: 'unauthorized' }] }]);
  const cut = await list(tenant, await tokenOf(tenant), {});
  expect([cut.status, cut.json]).toEqual([200, undefined]);
  expect(cut.text).toMatch(/^\{"value":\[/);
});
