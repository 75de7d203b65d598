import { describe, expect, test } from 'vitest';
import type { Feed } from '../../functions/collect/feed.ts';
import { segDlp } from '../../functions/feeds/seg-dlp.ts';
import { ttpAttachment } from '../../functions/feeds/ttp-attachment.ts';
import { ttpImpersonation } from '../../functions/feeds/ttp-impersonation.ts';
import { ttpUrl } from '../../functions/feeds/ttp-url.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { cellsOf, oldCells } from './same-event.ts';
import { answer } from './workspaces.ts';

const arrival = '2026-03-02T20:00:00Z';
const mail = { messageId: '<1@example.org>', senderAddress: 'a@example.org', recipientAddress: 'b@example.com' };
const click = {
  userEmailAddress: 'b@example.com',
  url: 'https://example.org/',
  messageId: '<1@example.org>',
  action: 'allow',
};

/** The rows that a parser gives of events, collected by this app and by 3.1 and 3.0, each alone. */
function counts(parser: string, feed: Feed, events: readonly JsonObject[]): readonly number[] {
  const table = feed.table.name;
  const ours = events.map((event) => cellsOf(feed, event));
  const of = (generation: '3.0' | '3.1'): JsonObject[] => ours.map((cells) => oldCells(table, generation, cells));
  return [ours, of('3.1'), of('3.0')].map(
    (rows) =>
      answer(
        parser,
        'mixed',
        [...rows, ...rows].map((cells) => ({ table, cells, arrival })),
      ).length,
  );
}

describe('two events that 3.1 took for one stay two', () => {
  test('attachments of one message', () => {
    const events = ['a.pdf', 'b.pdf'].map((fileName) => ({ ...mail, fileName, date: '2026-03-02T09:00:00+0000' }));
    expect(counts('MimecastTTPAttachment', ttpAttachment, events)).toEqual([2, 2, 2]);
  });

  test('clicks on one link an hour apart', () => {
    const events = ['09', '10'].map((hour) => ({ ...click, date: `2026-03-02T${hour}:00:00+0000` }));
    expect(counts('MimecastTTPUrl', ttpUrl, events)).toEqual([2, 2, 2]);
  });

  test('what data leak prevention did to one message', () => {
    const events = ['hold', 'notification'].map((action) => ({
      ...mail,
      action,
      eventTime: '2026-03-02T09:00:00+0000',
    }));
    expect(counts('MimecastDLP', segDlp, events)).toEqual([2, 2, 2]);
  });
});

/** The only row that a parser gives of these cells. */
function only(parser: string, table: string, cells: JsonObject): JsonObject {
  const [row = {}, ...more] = answer(parser, 'mixed', [{ table, cells, arrival }]);
  expect(more).toEqual([]);
  return row;
}

describe('the URL parser', () => {
  const tagMap = {
    UrlReputationScan: {
      Status: ['CustomerAll', 'VerdictBlock'],
      Type: ['Phishing'],
      Url: ['https://example.org/'],
      UrlBlock: ['x'],
    },
    DangerousFileExt: { 'Inspect:FileExts': ['exe'], 'ContentCheck:DangerousExtsUrlFileDownload': [], Status: ['Ok'] },
    AvScanning: { ContentCheck: { AvSignatureName: ['EICAR'] }, 'ScannerInfo:CategoryTrigger': ['av'] },
    AdvancedPhishing: { CredentialTheftTags: ['Login'] },
    CustomerManagedUrls: { Blocklisted: ['true'] },
  };
  const advancedPhishingResult = { CredentialTheftBrands: ['Example Bank'], CredentialTheftEvidence: ['asks', null] };
  const event = { ...click, date: '2026-03-02T09:00:00+0000' };

  test('makes the flat outputs of 3.1 from the dynamic columns', () => {
    const row = only('MimecastTTPUrl', 'Ttp_Url_CL', cellsOf(ttpUrl, { ...event, tagMap, advancedPhishingResult }));
    expect(row).toMatchObject({
      'Tag Map Url Reputation Scan Status': '["CustomerAll","VerdictBlock"]',
      'Tag Map Url Reputation Scan Type': '["Phishing"]',
      'Tag Map Url Reputation Scan Url': '["https://example.org/"]',
      'Tag Map Url Reputation Scan Url Block': '["x"]',
      'Tag Map Dangerous File Ext Inspect File Exts': '["exe"]',
      'Tag Map Dangerous File Ext Content Check Dangerous Exts Url File Download': '[]',
      'Tag Map Dangerous File Ext Status': '["Ok"]',
      'Tag Map Av Scanning Content Check Av Signature Name': '["EICAR"]',
      'Tag Map Av Scanning Scanner Info Category Trigger': '["av"]',
      'Tag Map Advanced Phishing Credential Theft Tags': '["Login"]',
      'Tag Map Customer Managed Urls Blocklisted': '["true"]',
      'Tag Map Customer Managed Urls Status': '',
      'Advanced Phishing Result Credential Theft Brands': '["Example Bank"]',
      'Advanced Phishing Result Credential Theft Evidence': '["asks",null]',
      'Advanced Phishing Result Credential Theft Tags': '',
    });
  });

  test.each(['', '_s'])('reads those that an older solution has flattened with the suffix %j', (suffix) => {
    const old = {
      [`tagMap_DangerousFileExt_Inspect_FileExts${suffix}`]: '["exe"]',
      [`tagMap_UrlReputationScan_Status${suffix}`]: '["CustomerAll"]',
      [`advancedPhishingResult_CredentialTheftBrands${suffix}`]: '["Example Bank"]',
      [`mimecastEventId${suffix}`]: 'ttp_url',
    };
    expect(only('MimecastTTPUrl', 'Ttp_Url_CL', old)).toMatchObject({
      'Tag Map Dangerous File Ext Inspect File Exts': '["exe"]',
      'Tag Map Url Reputation Scan Status': '["CustomerAll"]',
      'Advanced Phishing Result Credential Theft Brands': '["Example Bank"]',
      'Mimecast Event Id': 'ttp_url',
      'Mimecast Event ID': 'ttp_url',
      Type: 'Ttp_Url_CL',
    });
  });

  test.each(['none', 17, ['a'], {}, null])('has no finding and no fault when the tag map is %j', (odd) => {
    const row = only(
      'MimecastTTPUrl',
      'Ttp_Url_CL',
      cellsOf(ttpUrl, { ...event, tagMap: odd, advancedPhishingResult: odd }),
    );
    expect(row['Tag Map Url Reputation Scan Status']).toBe('');
    expect(row['Advanced Phishing Result Credential Theft Brands']).toBe('');
  });

  test.each([
    ['2026-03-02T14:45:34+0000', '2026-03-02T14:45:34.0000000Z'],
    ['2026-03-02T16:45:34.5+0200', '2026-03-02T14:45:34.5000000Z'],
    ['2026-03-02T14:45:34Z', '2026-03-02T14:45:34.0000000Z'],
    ['yesterday', null],
    ['', null],
  ])('reads the Date %j of a row of 3.1', (Date, time) => {
    expect(only('MimecastTTPUrl', 'Ttp_Url_CL', { url: 'https://example.org/', Date })['Event Time']).toBe(time);
  });
});

describe('the impersonation parser', () => {
  test('keeps booleans, numbers and lists what they are, from text too', () => {
    const event = {
      id: '1',
      hits: 2,
      identifiers: ['internal_user_name'],
      taggedExternal: false,
      taggedMalicious: true,
    };
    const expected = {
      ID: '1',
      Hits: 2,
      Identifiers: ['internal_user_name'],
      'Tagged External': false,
      'Tagged Malicious': true,
    };
    const ours = cellsOf(ttpImpersonation, { ...event, eventTime: '2026-03-02T17:10:46+0000' });
    for (const cells of [
      ours,
      oldCells('Ttp_Impersonation_CL', '3.1', ours),
      oldCells('Ttp_Impersonation_CL', '3.0', ours),
    ])
      expect(only('MimecastTTPImpersonation', 'Ttp_Impersonation_CL', cells)).toMatchObject(expected);
  });
});
