import { describe, expect, test } from 'vitest';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import type { Json, JsonObject } from '../../functions/tables/json.ts';
import { cellsOf } from './same-event.ts';
import { answer, type Generation } from './workspaces.ts';

const time = Date.parse('2026-03-02T09:00:00Z');

function gateway(cells: JsonObject, call = 'MimecastCG()', over: Generation = 'mixed'): readonly JsonObject[] {
  return answer(call, over, [{ table: 'Seg_Cg_CL', cells, arrival: '2026-03-02T10:00:00Z' }]);
}

/** The row that the parser gives of an event that the app collected. */
function parsed(event: JsonObject): JsonObject {
  const [row] = gateway(cellsOf(segCg, { timestamp: time, type: 'receipt', ...event }));
  return row ?? {};
}

const detail = {
  spf: { allow: true, info: 'ALLOW' },
  dkim: { allow: true, info: 'UNKNOWN' },
  dmarc: { allow: false, info: 'FAIL' },
  rbl: { allow: true, info: '' },
  permittedSender: { allow: true, info: 'NONE' },
  greyEmail: true,
  verdict: { categories: [], decision: 'spam', description: 'default', risk: 'high' },
};

describe('the gateway parser', () => {
  test.each([
    ['an object', detail],
    ['its JSON text', JSON.stringify(detail)],
    ['the JSON text of that text', JSON.stringify(JSON.stringify(detail))],
  ])('reads the verdict when it is %s', (_, spamProcessingDetail: Json) => {
    expect(parsed({ spamProcessingDetail, spamScore: '21' })).toMatchObject({
      'Verdict Decision': 'spam',
      'Verdict Risk': 'high',
      'Verdict Description': 'default',
      'Spf Result': 'ALLOW',
      'Dkim Result': 'UNKNOWN',
      'Dmarc Result': 'FAIL',
      'Rbl Result': '',
      'Permitted Sender Result': 'NONE',
      'Managed Sender Result': '',
      'Grey Email': true,
      'Spam Score': 21,
    });
  });

  test.each([null, '', 'null', '{"verdict":{"decision":"sp', '"', '[]', '{"verdict":"none"}', '17'])(
    'has no verdict and no fault when the detail is %j',
    (spamProcessingDetail) => {
      expect(parsed({ spamProcessingDetail, spamScore: 'n/a' })).toMatchObject({
        'Verdict Decision': '',
        'Spf Result': '',
        'Grey Email': null,
        'Spam Score': null,
      });
    },
  );

  test.each([
    [{ recipients: 'Anna.Berg@Example.com' }, ['anna.berg@example.com']],
    [{ recipients: 'a@example.com, B@example.com;c@example.com' }, ['a@example.com', 'b@example.com', 'c@example.com']],
    [{ recipients: ['a@example.com', '"Berg, Anna" <B@example.com>'] }, ['a@example.com', 'b@example.com']],
    [{ recipient: "o'neil+x@example.com" }, ["o'neil+x@example.com"]],
    [{ recipients: '<>' }, []],
    [{ recipients: null }, []],
  ])('lists the recipients of %j', (event, list) => {
    expect(parsed(event)['Recipient List']).toEqual(list);
  });

  test('tells of a click what 3.1 had no column for', () => {
    const click = { type: 'url protect', url: 'https://example.org/', sourceIp: '192.0.2.4', blockReason: 'malicious' };
    expect(parsed({ ...click, messageId: '<1@example.org>' })).toMatchObject({
      Type: 'email_ttp_url',
      Url: 'https://example.org/',
      'Click Source IP': '192.0.2.4',
      'Block Reason': 'malicious',
      'Message ID': '1@example.org',
    });
  });

  test('gives the event types that are asked for, whatever solution wrote them', () => {
    const rows = [
      { Logtype: 'email_spam' },
      { type_s: 'email_spam' },
      { Type_s: 'email_spam' },
      { Logtype: 'email_process' },
    ].map((cells) => ({ table: 'Seg_Cg_CL', cells: { ...cells, timestamp: time }, arrival: '2026-03-02T10:00:00Z' }));
    const types = (given: string): readonly unknown[] =>
      answer(`MimecastCG(types=dynamic(${given}))`, 'mixed', rows).map((row) => row['Type']);
    expect(types('["email_process"]')).toEqual(['email_process']);
    expect(types('["email_spam"]')).toEqual(['email_spam']);
    expect(types('["email_spam", "email_process"]')).toHaveLength(2);
    expect(types('["email_journal"]')).toEqual([]);
    expect(types('[]')).toHaveLength(2);
    expect(types('null')).toHaveLength(2);
  });

  test('reads hashes and ids that 3.0 kept as guid', () => {
    const cells = {
      md5_g: '66f03bf0-72a7-4bb1-9db1-6c952ba3dc47',
      aggregateId_g: '0c4a6a5e-58c1-4ad5-9a2d-3f1b8b7ce001',
    };
    const [row = {}] = gateway({ ...cells, timestamp_s: String(time) }, 'MimecastCG()', '3.0');
    expect(row).toMatchObject({
      Md5: cells.md5_g,
      'Aggregate ID': cells.aggregateId_g,
      EventTime: '2026-03-02T09:00:00.0000000Z',
    });
  });
});

describe('the Cloud Integrated parser', () => {
  test('lists recipients in lower case and keeps what 3.1 left out', () => {
    const event = {
      timestamp: time,
      type: 'urlclick',
      category: 'phishing',
      recipients: ['Anna.Berg@example.com', 'b@example.com'],
      url: 'https://example.org/',
      sourceIp: '192.0.2.4',
      action: 'BLOCK',
      authResults: [{ type: 'SPF', result: 'pass' }],
    };
    const rows = [
      { table: 'Cloud_Integrated_CL', cells: cellsOf(cloudIntegrated, event), arrival: '2026-03-02T10:00:00Z' },
    ];
    expect(answer('MimecastCloudIntegrated', 'ours', rows)).toEqual([
      expect.objectContaining({
        'Recipient List': ['anna.berg@example.com', 'b@example.com'],
        Recipients: '["Anna.Berg@example.com","b@example.com"]',
        Category: 'phishing',
        Url: 'https://example.org/',
        'Click Source IP': '192.0.2.4',
        Action: 'BLOCK',
        'Auth Results': [{ type: 'SPF', result: 'pass' }],
      }),
    ]);
  });
});
