import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { BatchFile, Tenant } from '../../../local/mimecast/tenant.ts';
import { list, listAt, stage, tokenOf, textAt } from './client.ts';

const event = { type: 'receipt', processingId: 'a', subject: '発票' };

async function linksOf(tenant: Tenant): Promise<string[]> {
  const { json } = await list(tenant, await tokenOf(tenant), {});
  return listAt(json, 'value').map((entry) => textAt(entry, 'url'));
}

async function download(file: BatchFile): Promise<Buffer> {
  const { tenant } = await stage();
  tenant.addFile('SegCg', file);
  const [link = ''] = await linksOf(tenant);
  return Buffer.from(await (await fetch(link)).arrayBuffer());
}

describe('a link', () => {
  test('needs nothing but its signature and gives a gzip file of lines', async () => {
    const { tenant } = await stage();
    const name = tenant.addFile('SegCg', { events: [event, event] });
    const [link = ''] = await linksOf(tenant);
    expect(new URL(link).pathname).toBe(name);
    const response = await fetch(link);
    expect(response.headers.get('content-type')).toBe('application/gzip');
    expect(response.headers.get('content-encoding')).toBeNull();
    const text = gunzipSync(await response.arrayBuffer()).toString('utf8');
    expect(text.trimEnd()).toBe(`${JSON.stringify(event)}\n${JSON.stringify(event)}`);
  });

  test('is refused with a bearer token beside it, as Amazon S3 does', async () => {
    const { tenant } = await stage();
    tenant.addFile('SegCg', { events: [event] });
    const [link = ''] = await linksOf(tenant);
    const response = await fetch(link, { headers: { authorization: 'Bearer x' } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>InvalidArgument</Code>');
  });

  test('ends by the clock, and a new listing signs a new one for the same file', async () => {
    const { tenant, clock } = await stage({ linkLifeMs: 60_000 });
    const name = tenant.addFile('SegCg', { events: [event] });
    const [old = ''] = await linksOf(tenant);
    const [twin = ''] = await linksOf(tenant);
    expect(twin).not.toBe(old);
    clock.time += 60_000;
    const refused = await fetch(old);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('<Code>AccessDenied</Code>');
    const [fresh = ''] = await linksOf(tenant);
    expect(new URL(fresh).pathname).toBe(name);
    expect((await fetch(fresh)).status).toBe(200);
  });

  test('is refused without its signature, with a false one, or to a file that is not there', async () => {
    const { tenant } = await stage();
    tenant.addFile('SegCg', { events: [event] });
    const [link = ''] = await linksOf(tenant);
    const url = new URL(link);
    expect((await fetch(`${url.origin}${url.pathname}`)).status).toBe(403);
    url.searchParams.set('X-Amz-Signature', '00');
    expect((await fetch(url)).status).toBe(403);
    const missing = await fetch(link.replace('email_', 'no_'));
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain('<Code>NoSuchKey</Code>');
  });
});

describe('a file', () => {
  test('may have lines that are no JSON, blank ones, other line ends and a byte order mark', async () => {
    const lines = ['{"type":"receipt"}', '', '{broken'];
    const body = await download({ lines, lineEnd: '\r\n', byteOrderMark: true });
    expect(gunzipSync(body).toString('utf8').trimEnd()).toBe('\uFEFF{"type":"receipt"}\r\n\r\n{broken');
  });

  test('may be any bytes', async () => {
    expect(await download({ body: Buffer.from('no gzip'), type: 'receipt' })).toEqual(Buffer.from('no gzip'));
    const twoMembers = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"b":2}\n')]);
    expect(await download({ body: twoMembers })).toEqual(twoMembers);
  });

  test('ends in a newline every other time', async () => {
    const { tenant } = await stage();
    for (let n = 0; n < 2; n++) tenant.addFile('SegCg', { events: [event] });
    const texts = await Promise.all(
      (await linksOf(tenant)).map(async (link) => gunzipSync(await (await fetch(link)).arrayBuffer()).toString('utf8')),
    );
    expect(texts.map((text) => text.endsWith('\n'))).toEqual([true, false]);
  });
});

test('the ledger holds the events of files and of lines that are whole, from their arrival on', async () => {
  const { tenant, clock } = await stage();
  tenant.addFile('SegCg', { events: [event], availableAt: 5 });
  tenant.addFile('SegCg', { lines: ['{"type":"process"}', '{broken'] });
  expect(tenant.events('SegCg')).toEqual([
    { event, availableAt: 5 },
    { event: { type: 'process' }, availableAt: clock.time },
  ]);
});
