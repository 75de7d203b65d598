import { readFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isJsonObject, parseJson } from '../../functions/tables/json.ts';
import { answer } from './workspaces.ts';

/** What the parser reads out of texts, in their order: address, application, method, reason. */
function readings(texts: readonly string[]): readonly (readonly unknown[])[] {
  const rows = texts.map((eventInfo, index) => ({
    table: 'Audit_CL',
    cells: { EventId: `event ${index}`, eventInfo },
    arrival: '2026-03-02T10:00:00Z',
  }));
  const found = answer('MimecastAudit', 'ours', rows);
  const readingOf = new Map(
    found.map((row) => [row['EventId'], [row['Source IP'], row['Application'], row['Method'], row['Reason']]]),
  );
  return texts.map((_, index) => readingOf.get(`event ${index}`) ?? []);
}

const where = 'Date: 2026-03-02, Time: 10:15:04 CET';

describe('the audit parser', () => {
  test.each([
    [
      `Logged on, ${where}, IP: 192.0.2.4, Application: Console, Method: Two Step, 2FA: TOTP`,
      '192.0.2.4',
      'Console',
      'Two Step',
      '',
    ],
    [
      `Failed for a@example.com <Berg, Anna>, ${where}, IP: 192.0.2.4, Application: mimecast-moa, Method: Cloud, Reason: Wrong password`,
      '192.0.2.4',
      'mimecast-moa',
      'Cloud',
      'Wrong password',
    ],
    [`Changed, ${where}, IP: 2001:db8::17, Application: Console`, '2001:db8::17', 'Console', '', ''],
    ['Changed, IP: 2001:db8:0:0:0:0:0:1, Application: Console', '2001:db8:0:0:0:0:0:1', 'Console', '', ''],
    ['Changed, IP: ::ffff:192.0.2.4, Application: Console', '::ffff:192.0.2.4', 'Console', '', ''],
    ['Changed, IP: [2001:db8::17]:443, Application: Console', '2001:db8::17', 'Console', '', ''],
    ['Changed, IP: 192.0.2.4:443, Application: Console', '192.0.2.4', 'Console', '', ''],
    ['Password reset for user: a@example.com User Password Changed, Remote IP is null', '', '', '', ''],
    ['Password reset, Remote IP is 192.0.2.4', '192.0.2.4', '', '', ''],
    ['Password reset, Remote IP: 2001:db8::1', '2001:db8::1', '', '', ''],
    ['Rejected from IP address 192.0.2.4 at the console', '192.0.2.4', '', '', ''],
    [
      'Feed, IP: 192.0.2.4, Application: Outlook: add-in, version 7.1, Method: Basic',
      '192.0.2.4',
      'Outlook: add-in, version 7.1',
      'Basic',
      '',
    ],
    ['Feed, Application: Console, IP: , Reason: It says: no, not you', '', 'Console', '', 'It says: no, not you'],
    [
      'Renamed "IP: 203.0.113.9, Application: fake", Date: 2026-03-02, IP: 192.0.2.4, Application: Console',
      '192.0.2.4',
      'Console',
      '',
      '',
    ],
    ['Line one\nIP: 192.0.2.4\nApplication: Console\nMethod: Basic', '192.0.2.4', 'Console', 'Basic', ''],
    ['SHIP: 192.0.2.4, Reapplication: no, IP: Internal', '', '', '', ''],
    ['["opened","closed"]', '', '', '', ''],
    ['', '', '', '', ''],
    ['((([[[\\', '', '', '', ''],
  ])('reads %j', (text, ...reading) => {
    expect(readings([text])).toEqual([reading]);
  });

  test('reads a text of 32,000 characters in no time', () => {
    const text = 'IP: , '.repeat(5_300);
    expect(readings([text])).toEqual([['', '', '', '']]);
  });

  const samples = new URL('../../../shared/samples/audit.ndjson', import.meta.url);

  test.skipIf(!existsSync(samples))('reads address and application out of every real event that names them', () => {
    const events = readFileSync(samples, 'utf8').trim().split('\n').map(parseJson);
    const texts = events.map((event) => (isJsonObject(event) ? JSON.stringify(event['eventInfo']) : ''));
    const found = readings(texts.map((text) => text.slice(1, -1)));
    expect(texts.length).toBeGreaterThan(0);
    for (const [index, text] of texts.entries()) {
      expect([text, found[index]?.[0] !== '']).toEqual([text, / IP: \d/.test(text)]);
      expect([text, found[index]?.[1] !== '']).toEqual([text, text.includes('Application:')]);
    }
  });
});
