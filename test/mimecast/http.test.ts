import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { begun, inTurn, json, reset, serve, silent, whole } from './scripted-server.ts';

const never = new AbortController().signal;
const get = (url: string) => ({ method: 'GET', url }) as const;

describe('send', () => {
  test('gives status, headers in lower case and text of an answer of any status', async () => {
    const { origin } = await serve(json(503, { fail: [] }, { 'X-RateLimit-Reset': '17' }));
    const reply = await axiosHttp().send(get(origin), never);
    expect(reply).toMatchObject({ status: 503, text: '{"fail":[]}', headers: { 'x-ratelimit-reset': '17' } });
  });

  test('sends a form, JSON text, parameters and headers as told', async () => {
    const { origin, asked } = await serve(json(200, {}));
    const http = axiosHttp();
    await http.send({ method: 'POST', url: origin, data: new URLSearchParams({ a: 'b c' }) }, never);
    const headers = { Authorization: 'Bearer t', 'Content-Type': 'application/json' };
    await http.send({ method: 'POST', url: origin, headers, data: '{"a":1}' }, never);
    await http.send({ ...get(origin), params: { type: 'av,internal email protect' } }, never);
    const [form, text, query] = asked;
    expect(form).toMatchObject({ body: 'a=b+c' });
    expect(form?.headers['content-type']).toMatch('application/x-www-form-urlencoded');
    expect(text?.body).toBe('{"a":1}');
    const sent = { authorization: 'Bearer t', 'content-type': 'application/json', accept: 'application/json' };
    expect(text?.headers).toMatchObject(sent);
    expect(query?.url.searchParams.get('type')).toBe('av,internal email protect');
  });

  test('unpacks a compressed answer, and takes a byte order mark off', async () => {
    const packed = { 'content-encoding': 'gzip' };
    const { origin } = await serve(inTurn(whole(200, gzipSync('{"a":"日本"}'), packed), whole(200, '\uFEFF{}')));
    expect((await axiosHttp().send(get(origin), never)).text).toBe('{"a":"日本"}');
    expect((await axiosHttp().send(get(origin), never)).text).toBe('{}');
  });

  test('does not follow a redirect', async () => {
    const elsewhere = await serve(json(200, {}));
    const { origin } = await serve(whole(302, '', { location: elsewhere.origin }));
    expect(await axiosHttp().send(get(origin), never)).toMatchObject({ status: 302 });
    expect(elsewhere.asked).toEqual([]);
  });

  test.each([
    ['cut before a word', reset],
    ['cut in the middle', begun('{"value":', 'reset')],
  ])('calls an answer that is %s unavailable', async (_, answer) => {
    const { origin } = await serve(answer);
    await expect(axiosHttp().send(get(origin), never)).rejects.toMatchObject({ fault: 'unavailable' });
  });

  test('calls a host that refuses connections unavailable, and names it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const refused = { fault: 'unavailable', message: expect.stringContaining(`127.0.0.1:${port}`) };
    await expect(axiosHttp().send(get(`http://127.0.0.1:${port}/`), never)).rejects.toMatchObject(refused);
  });

  test.each([
    ['never begins', silent],
    ['begins and goes silent', begun('{"value":', 'silent')],
  ])('gives up an answer that %s', async (_, answer) => {
    const { origin } = await serve(answer);
    const late = { fault: 'unavailable', message: expect.stringContaining('in time') };
    await expect(axiosHttp(50).send(get(origin), never)).rejects.toMatchObject(late);
  });

  test('throws the reason of a signal that aborts, before or while it waits', async () => {
    const { origin, asked } = await serve(silent);
    const reason = new Error('the deadline');
    await expect(axiosHttp().send(get(origin), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(asked).toEqual([]);
    const stop = new AbortController();
    const sent = axiosHttp().send(get(origin), stop.signal);
    stop.abort(reason);
    await expect(sent).rejects.toBe(reason);
  });

  test('calls an answer of more than 64 MB malformed, also when it came compressed', async () => {
    const { origin } = await serve(
      whole(200, gzipSync(Buffer.alloc(65 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
    );
    const tooLong = { fault: 'malformed', message: expect.stringContaining('longer than') };
    await expect(axiosHttp().send(get(origin), never)).rejects.toMatchObject(tooLong);
  });

  test('lets no bearer token, form or query out with an error', async () => {
    const { origin } = await serve(reset);
    const sent = axiosHttp().send(
      {
        method: 'POST',
        url: `${origin}/path?X-Amz-Signature=hush-query`,
        headers: { Authorization: 'Bearer hush-token' },
        data: new URLSearchParams({ client_secret: 'hush-secret' }),
      },
      never,
    );
    const error: unknown = await sent.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fault: 'unavailable' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch('hush');
  });
});

describe('open', () => {
  test('sends no header of ours, and leaves the body as it came', async () => {
    const body = gzipSync('{"a":1}\n');
    const { origin, asked } = await serve(whole(200, body, { 'content-encoding': 'gzip' }));
    const opened = await axiosHttp().open(`${origin}/file?sig=x`, never);
    expect(Buffer.concat(await opened.body.toArray())).toEqual(body);
    const usual = ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'];
    expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual(usual);
  });

  test('gives any status and follows no redirect', async () => {
    const { origin, asked } = await serve(inTurn(whole(403, '<Error/>'), whole(302, '', { location: '/there' })));
    for (const status of [403, 302]) {
      const opened = await axiosHttp().open(origin, never);
      expect(opened.status).toBe(status);
      opened.body.destroy();
    }
    expect(asked).toHaveLength(2);
  });

  test('gives up a host that does not answer, yet not a body that takes longer than that', async () => {
    const { origin } = await serve(
      inTurn(silent, (response) => {
        response.writeHead(200).write('a');
        void setTimeout(200).then(() => response.end('b'));
      }),
    );
    await expect(axiosHttp(50).open(origin, never)).rejects.toMatchObject({ fault: 'unavailable' });
    const opened = await axiosHttp(50).open(origin, never);
    expect(Buffer.concat(await opened.body.toArray()).toString()).toBe('ab');
  });

  test('ends the body with the signal', async () => {
    const { origin } = await serve(begun('abc', 'silent'));
    const stop = new AbortController();
    const opened = await axiosHttp().open(origin, stop.signal);
    const reading = opened.body.toArray();
    stop.abort();
    await expect(reading).rejects.toBeInstanceOf(Error);
    expect(opened.body.destroyed).toBe(true);
  });

  test('leaves nothing unhandled when it is aborted or cut before anybody reads', async () => {
    const unhandled: unknown[] = [];
    const keep = (error: unknown): void => void unhandled.push(error);
    process.on('uncaughtException', keep).on('unhandledRejection', keep);
    onTestFinished(() => void process.off('uncaughtException', keep).off('unhandledRejection', keep));
    const { origin } = await serve(inTurn(begun('abc', 'silent'), begun('abc', 'reset')));
    const stop = new AbortController();
    const aborted = await axiosHttp().open(origin, stop.signal);
    stop.abort();
    const cut = await axiosHttp().open(origin, never);
    await expect.poll(() => aborted.body.destroyed && cut.body.destroyed).toBe(true);
    await setTimeout(20);
    expect(unhandled).toEqual([]);
    await expect(aborted.body.toArray()).rejects.toBeInstanceOf(Error);
    await expect(cut.body.toArray()).rejects.toBeInstanceOf(Error);
  });
});
