import { describe, expect, test } from 'vitest';
import {
  batchEnvelope,
  complaintCodes,
  isPassing401,
  listEnvelope,
  parseBody,
  parseReply,
  parseShape,
  refusalCode,
  statusInside,
} from '../../functions/mimecast/envelope.ts';
import type { Json } from '../../functions/tables/json.ts';

const reply = (status: number, text: string) => ({ status, headers: {}, text });

describe('complaintCodes', () => {
  test.each<readonly [string, Json, readonly string[]]>([
    ['a flat fail', { fail: [{ code: 'token_expired', message: 'x' }] }, ['token_expired']],
    ['a nested fail', { fail: [{ key: {}, errors: [{ code: 'err_a' }, { code: 'err_b' }] }] }, ['err_a', 'err_b']],
    ['a nested fail without a key', { meta: {}, data: [], fail: [{ errors: [{ code: 'err_a' }] }] }, ['err_a']],
    ['an error', { error: { code: 'invalid_request', message: 'x' } }, ['invalid_request']],
    ['a list of errors', { errors: [{ code: 'bad', field: 'x' }] }, ['bad']],
    ['a code with spaces', { fail: [{ code: 'Unauthorized Request' }] }, ['Unauthorized Request']],
    ['a complaint without a code', { fail: [{ message: 'x' }] }, ['unknown']],
    ['an error of text alone', { error: 'no' }, ['unknown']],
    ['a code that is content', { fail: [{ code: 'secret=abc&token=def' }] }, ['unknown']],
    ['nothing', { meta: { status: 200 }, data: [], fail: [] }, []],
    ['nulls', { fail: null, errors: null, error: null }, []],
    ['a list', [], []],
    ['null', null, []],
  ])('finds the codes of %s', (_, body, codes) => {
    expect(complaintCodes(body)).toEqual(codes);
  });
});

describe('refusals', () => {
  test.each([
    ['{"fail":[{"code":"app_forbidden"}]}', 'app_forbidden'],
    ['', 'without a code'],
    ['<html>', 'without a code'],
    ['{"fail":[]}', 'without a code'],
  ])('of %s have a code: %s', (text, code) => {
    expect(refusalCode(reply(403, text))).toBe(code);
  });

  test('pass by themselves when they are 401s of the two spurious kinds', () => {
    for (const code of ['token_verification_failed', 'Unauthorized Request']) {
      expect(isPassing401(reply(401, JSON.stringify({ fail: [{ code }] })))).toBe(true);
      expect(isPassing401(reply(403, JSON.stringify({ fail: [{ code }] })))).toBe(false);
    }
    expect(isPassing401(reply(401, '{"fail":[{"code":"token_expired"}]}'))).toBe(false);
  });

  test('may state another status inside', () => {
    expect(statusInside({ meta: { status: 403 }, fail: [] })).toBe(403);
    for (const body of [{}, { meta: null }, { meta: { status: '403' } }, []]) expect(statusInside(body)).toBe(200);
  });
});

describe('envelopes', () => {
  test.each<Json>([
    { meta: { status: 200, pagination: { pageSize: 2, next: 'a' } }, data: [{}], fail: [] },
    { meta: { pagination: { next: { pageToken: 'a' } } }, data: [1, null, 'x'] },
    { meta: { pagination: { next: { pageToken: null } } } },
    { meta: { pagination: { next: null } }, data: null },
    { meta: { pagination: null }, data: [] },
    { data: [] },
    {},
  ])('of a list take %j', (body) => {
    expect(() => parseShape(body, listEnvelope, '/api/x')).not.toThrow();
  });

  test.each<Json>([{ data: {} }, { meta: { pagination: { next: 7 } } }, { meta: 'ok' }, [], 'text', null, 5])(
    'of a list call %j malformed, with path and shape',
    (body) => {
      const message = expect.stringMatching(/^\/api\/x answered in an unknown shape \(.+: invalid_/);
      expect(() => parseShape(body, listEnvelope, '/api/x')).toThrow(
        expect.objectContaining({ fault: 'malformed', message }),
      );
    },
  );

  test.each<Json>([
    { value: [{ url: 'https://host/a?b', expiry: 'x', size: 4 }], '@nextPage': 't', isCaughtUp: false },
    { value: [{ url: 'https://host/a', size: null }], '@nextPage': null, isCaughtUp: null },
    { value: null },
    {},
  ])('of a listing take %j', (body) => {
    expect(() => parseShape(body, batchEnvelope, '/siem')).not.toThrow();
  });

  test.each<Json>([{ value: [{}] }, { value: [{ url: 'no link' }] }, { value: {} }, { '@nextPage': 5 }, []])(
    'of a listing call %j malformed',
    (body) => {
      expect(() => parseShape(body, batchEnvelope, '/siem')).toThrow(expect.objectContaining({ fault: 'malformed' }));
    },
  );

  test('never show content in an error', () => {
    for (const text of ['{"data":"hush"}', 'hush', '["hush"]', '{"data":[', '']) {
      const message = expect.not.stringMatching('hush');
      const malformed = expect.objectContaining({ fault: 'malformed', message });
      expect(() => parseReply(reply(200, text), listEnvelope, '/api/x')).toThrow(malformed);
    }
    expect(() => parseBody(reply(200, '<html>'), '/api/x')).toThrow(/^\/api\/x .*not JSON \(6 characters\)/);
  });
});
