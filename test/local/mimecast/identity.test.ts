import { expect, test } from 'vitest';
import { identityOfEvent, identityOfRow } from '../../../local/mimecast/identity.ts';

test('an event and its row have the same identity', () => {
  expect(identityOfEvent('Audit', { id: 'x' })).toBe(identityOfRow('Audit', { SourceId: 'x' }));
  const leak = { messageId: '<1>', action: 'hold' };
  expect(identityOfEvent('SegDlp', leak)).toBe(identityOfRow('SegDlp', leak));
  expect(identityOfEvent('SegDlp', leak)).not.toBe(identityOfEvent('SegDlp', { ...leak, action: 'block' }));
});

test('a user without an address is known by the name, and in campaigns by campaign too', () => {
  const nameless = { email: '', name: 'Ada' };
  expect(identityOfEvent('AwarenessWatchlistDetails', nameless)).toBe('Ada');
  expect(identityOfRow('AwarenessWatchlistDetails', { name: 'Ada' })).toBe('Ada');
  expect(identityOfEvent('AwarenessUserData', { campaignId: '1', email: 'a' })).not.toBe(
    identityOfEvent('AwarenessUserData', { campaignId: '2', email: 'a' }),
  );
});

test('an event without its id cannot be counted; a row that lost it matches none', () => {
  expect(() => identityOfEvent('SegCg', { processingId: null })).toThrow('An event of SegCg has no processingId');
  expect(identityOfRow('SegCg', {})).toBe('');
});
