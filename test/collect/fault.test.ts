import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConnectorError, faultOf, redact } from '../../functions/collect/fault.ts';

describe('redact', () => {
  it.each([
    ['https://files.example/a.gz?sig=abc&se=1 failed', 'https://files.example/a.gz?… failed'],
    ['Authorization: Bearer eyJ0.a-b_c=', 'Authorization: Bearer …'],
    ['basic dXNlcjpwYXNz', 'basic …'],
    ['client_secret=hunter2&grant_type=x', 'client_secret=…&grant_type=x'],
    ['{"client_id":"abc","access_token":"xyz"}', '{"client_id":"…","access_token":"…"}'],
    [
      'DefaultEndpointsProtocol=https;AccountKey=a+b/c==;EndpointSuffix=x',
      'DefaultEndpointsProtocol=https;AccountKey=…;EndpointSuffix=x',
    ],
    ['password: hunter2, more', 'password: …, more'],
    ['a plain sentence? Yes.', 'a plain sentence? Yes.'],
  ])('makes %j into %j', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });
});

describe('a ConnectorError', () => {
  it('has a fault, a code and a wait', () => {
    const error = new ConnectorError('throttled', 'Too many.', { code: 'quota', waitMs: 5 });
    expect(error).toMatchObject({ name: 'ConnectorError', fault: 'throttled', code: 'quota', waitMs: 5 });
    expect(Object.hasOwn(error, 'cause')).toBe(false);
  });

  it('keeps of its cause name, code, status and redacted message, and nothing that hangs on it', () => {
    const cause = Object.assign(new TypeError('GET https://x.example/?sig=hidden1'), {
      code: 'ECONNRESET',
      status: 502,
      config: { headers: { Authorization: 'Bearer hidden2' } },
      cause: new Error('client_secret=hidden3'),
    });
    const error = new ConnectorError('unavailable', 'Failed with access_token=hidden4', { cause });
    expect(error.cause).toMatchObject({ message: 'TypeError ECONNRESET 502: GET https://x.example/?…' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('hidden');
  });

  it('keeps another ConnectorError as its cause, and anything else as redacted text', () => {
    const inner = new ConnectorError('expired', 'inner');
    expect(new ConnectorError('denied', 'x', { cause: inner }).cause).toBe(inner);
    expect(new ConnectorError('denied', 'x', { cause: 'password=hidden' }).cause).toEqual(new Error('password=…'));
  });
});

describe('faultOf', () => {
  it('is the fault of what was translated, else malformed', () => {
    expect(faultOf(new ConnectorError('superseded', 'x'))).toBe('superseded');
    expect([new TypeError('x'), 'text', undefined].map(faultOf)).toEqual(['malformed', 'malformed', 'malformed']);
  });
});
