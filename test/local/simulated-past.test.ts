import { expect, test } from 'vitest';
import { openLedger } from '../../local/ledger.ts';
import { arrivals, simulatedHealth } from '../../local/simulated-past.ts';

const minuteMs = 60_000;
const noon = Date.UTC(2026, 0, 15, 12);
const EventTime = new Date(noon).toISOString();

test('a row arrives at its event time and the delay of the tenant, a file at most a quarter of an hour later', () => {
  const ledger = openLedger();
  const arrival = arrivals(ledger);
  ledger.serve('TtpUrl', [{ messageId: 'm1' }], noon + 20 * minuteMs);
  ledger.serve('SegCg', [{ processingId: 'p1' }], noon + 6 * 24 * 60 * minuteMs);
  ledger.serve('SegCg', [{ processingId: 'p2' }], noon + 3 * minuteMs);
  ledger.serve('Audit', [{ id: 'early' }], noon - minuteMs);
  expect(arrival('Ttp_Url_CL', { messageId: 'm1', EventTime })).toBe(noon + 20 * minuteMs);
  expect(arrival('Seg_Cg_CL', { processingId: 'p1', EventTime })).toBe(noon + 15 * minuteMs);
  expect(arrival('Seg_Cg_CL', { processingId: 'p2', EventTime })).toBe(noon + 3 * minuteMs);
  expect(arrival('Audit_CL', { SourceId: 'early', EventTime })).toBe(noon);
});

test('what the tenant did not serve, what has no time and snapshots arrive when they do', () => {
  const ledger = openLedger();
  const arrival = arrivals(ledger);
  ledger.serve('TtpUrl', [{ messageId: 'm1' }], noon);
  ledger.serve('AwarenessSafeScoreDetails', [{ emailAddress: 'a@example.com' }], noon);
  expect(arrival('Ttp_Url_CL', { messageId: 'm2', EventTime })).toBeUndefined();
  expect(arrival('Ttp_Url_CL', { messageId: 'm1' })).toBeUndefined();
  expect(arrival('Awareness_SafeScore_Details_CL', { emailAddress: 'a@example.com', EventTime })).toBeUndefined();
  expect(arrival('Mimecast_Health_CL', { EventTime })).toBeUndefined();
});

test('every feed has a Health row for each simulated day', () => {
  const rows = simulatedHealth(noon, 3);
  expect(rows).toHaveLength(11 * 3);
  expect(new Set(rows.map(({ arrival }) => (noon - arrival) / (24 * 60 * minuteMs)))).toEqual(new Set([1, 2, 3]));
});
