import { RestError, createHttpHeaders } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { failureOf, passingFault, refusalOf, said } from '../../functions/azure/refusal.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';

const now = Date.parse('2026-01-15T12:00:00Z');

function reply(status: number, headers: Record<string, string> = {}, bodyAsText?: string) {
  return { status, headers: createHttpHeaders(headers), ...(bodyAsText === undefined ? {} : { bodyAsText }) };
}

describe('how long a refusal asks to wait', () => {
  it.for([
    [{ 'Retry-After': '37' }, 37_000],
    [{ 'Retry-After': ' 0.5 ' }, 500],
    [{ 'Retry-After': '0' }, 0],
    [{ 'Retry-After': 'Thu, 15 Jan 2026 12:01:30 GMT' }, 90_000],
    [{ 'Retry-After': 'Thu, 15 Jan 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '250', 'Retry-After': '9' }, 250],
    [{ 'x-ms-retry-after-ms': '1500' }, 1_500],
    [{ 'Retry-After': 'soon' }, undefined],
    [{ 'Retry-After': '' }, undefined],
    [{ 'Retry-After': '-5' }, undefined],
    [{}, undefined],
  ] as const)('reads %j', ([headers, waitMs]) => {
    expect(refusalOf(reply(429, headers), now).waitMs).toBe(waitMs);
  });
});

describe('what a refusal says', () => {
  it.for([
    [
      'Logs Ingestion',
      '{"error":{"code":"InvalidStream","message":"No such stream."}}',
      'InvalidStream',
      'No such stream.',
    ],
    [
      'Table Storage',
      '{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"Busy."}}}',
      'ServerBusy',
      'Busy.',
    ],
    ['a proxy', '<html>\n  Bad  Gateway</html>', undefined, '<html> Bad Gateway</html>'],
    ['other JSON', '{"error":"nope"}', undefined, '{"error":"nope"}'],
  ] as const)('is understood from %s', ([, text, code, words]) => {
    expect(refusalOf(reply(400, {}, text), now)).toMatchObject({ code, words });
  });

  it('falls back on the header with the error code', () => {
    expect(refusalOf(reply(403, { 'x-ms-error-code': 'AuthorizationFailure' }), now)).toMatchObject({
      code: 'AuthorizationFailure',
      words: '',
    });
  });

  it('is cut, and told with status and code', () => {
    const refusal = refusalOf(reply(404, {}, `{"error":{"code":"NotFound","message":"${'x'.repeat(5_000)}."}}`), now);
    expect(said(refusal)).toBe(`404 NotFound ${'x'.repeat(300)}`);
    expect(said(refusalOf(reply(404), now))).toBe('404');
  });
});

describe('what a refusal means anywhere', () => {
  it.for([
    [429, 'throttled'],
    [408, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [599, 'unavailable'],
    [400, undefined],
    [401, undefined],
    [403, undefined],
    [413, undefined],
    [302, undefined],
  ] as const)('%i is %s', ([status, fault]) => {
    expect(passingFault(refusalOf(reply(status, { 'Retry-After': '2' }), now), 'Azure')?.fault).toBe(fault);
  });

  it('carries the wait', () => {
    expect(passingFault(refusalOf(reply(503, { 'Retry-After': '2' }), now), 'Azure')?.waitMs).toBe(2_000);
  });
});

describe('what an error of an SDK means', () => {
  it('is unavailable without a reply', () => {
    const error = new RestError('connect ECONNREFUSED 10.0.0.1:443', { code: 'ECONNREFUSED' });
    expect(failureOf(error, 'Azure', now)).toMatchObject({ fault: 'unavailable', code: 'ECONNREFUSED' });
  });

  it('is what a ConnectorError says', () => {
    const error = new ConnectorError('denied', 'no');
    expect(failureOf(error, 'Azure', now)).toBe(error);
  });

  it('is malformed when nobody foresaw it', () => {
    expect(failureOf(new TypeError('Invalid URL'), 'Azure', now)).toMatchObject({
      fault: 'malformed',
      message: 'Azure: unexpected Invalid URL.',
    });
  });
});
