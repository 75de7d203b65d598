import { describe, expect, test } from 'vitest';
import { checkRules } from '../../../../local/sentinel/content/check-rules.ts';
import { durationMs } from '../../../../local/sentinel/content/duration.ts';
import { filesOf } from '../../../../local/sentinel/content/read-files.ts';
import { shippedWatchlists, watchlistsOf } from '../../../../local/sentinel/content/watchlists.ts';

const parser = {
  path: 'parsers-kql/Mail.kql',
  text: '// params: (since:datetime=datetime(null))\nSeg_Cg_CL | where TimeGenerated >= since | project TimeGenerated, User = senderEnvelope, Subject = subject',
};

const text = `id: 952faed4-c6a6-4873-aeb9-b348e9ce5aba
name: Mail
description: Finds mail.
severity: High
status: Available
requiredDataConnectors:
  - connectorId: MimecastSEGAPI
    dataTypes: [Mail]
queryFrequency: 15m
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics: [InitialAccess]
relevantTechniques: [T1566]
query: |
  let spared = _GetWatchlist('MimecastVips') | project Address = tostring(column_ifexists('address', ''));
  Mail(since=ago(1d))
  | where User !in (spared)
entityMappings:
  - entityType: Mailbox
    fieldMappings:
      - identifier: MailboxPrimaryAddress
        columnName: User
customDetails:
  Subject: Subject
alertDetailsOverride:
  alertDisplayNameFormat: Mail of {{User}}
version: 2.0.0
kind: Scheduled
`;

/** What is found in the rule above when a part of its text is another. */
function found(part = '', by = '') {
  expect(text).toContain(part);
  const findings = checkRules([{ path: 'analytics-rules/mail.yaml', text: text.replace(part, by) }], [parser]);
  return findings.map(({ file, line, column, message }) => {
    expect(file).toBe('analytics-rules/mail.yaml');
    return [line, column, message];
  });
}

describe('checking a rule', () => {
  test('finds nothing in one that is right', () => {
    expect(found()).toEqual([]);
  });

  test.each([
    ['name: Mail', 'name: [Mail', 3, 1, /./],
    ['severity: High', 'severity: Grave', 4, 11, /^severity: /],
    ['queryPeriod: 1d', 'queryPeriod: 1w', 10, 14, /^queryPeriod: 1w is no duration/],
    ['queryPeriod: 1d', 'queryPeriod: 10m', 1, 1, /looks back on less/],
    ['queryPeriod: 1d', 'queryPeriod: 14d', 1, 1, /once an hour at most/],
    ['query: |', 'query: >', 15, 8, /no block that begins with \|$/],
    ['  | where User !in', '  | where Sender !in', 18, 11, /Sender.*KS142/],
    ['Mail(since=ago(1d))', 'Mail(since="yesterday")', 17, 8, /gives string for the parameter since:datetime/],
    ["column_ifexists('address', '')", 'address', 16, 75, /address.*KS142/],
    ['columnName: User', 'columnName: Sender', 23, 21, /^the result has no Sender$/],
    [
      'identifier: MailboxPrimaryAddress',
      'identifier: Address',
      20,
      5,
      /^entityMappings.0: Mailbox has no identifier Address$/,
    ],
    ['entityType: Mailbox', 'entityType: Inbox', 20, 5, /Inbox is no entity type$/],
    ['Subject: Subject', 'Subject: Topic', 25, 12, /^the result has no Topic$/],
    ['Mail of {{User}}', 'Mail of {{Sender}}', 27, 27, /^the result has no Sender$/],
    ['Mail of {{User}}', '"{{User}}{{User}}{{User}}{{User}}"', 27, 27, /more than three columns$/],
    ['Mail of {{User}}', '"{{Us er}}"', 27, 27, /braces that name no column$/],
    ['kind: Scheduled', 'kind: Scheduled\nowner: me', 1, 1, /owner/],
    ['Finds mail.', 'Finds m\u00e4il.', 3, 14, /other characters than ASCII$/],
    ['Finds mail.', 'x'.repeat(255), 3, 14, /^description: /],
  ])('instead of %j finds in %j what is wrong in line %i, column %i', (part, by, line, column, message) => {
    expect(found(part, by)).toContainEqual([line, column, expect.stringMatching(message)]);
  });
});

describe('durations', () => {
  test.each([
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['14d', 1_209_600_000],
    ['PT5H', 18_000_000],
    ['P7D', 604_800_000],
    ['P1DT1H1M', 90_060_000],
    ['P', undefined],
    ['PT', undefined],
    ['5', undefined],
    ['5s', undefined],
  ])('%s', (written, ms) => {
    expect(durationMs(written)).toBe(ms);
  });
});

describe('watchlists', () => {
  test('are shipped empty, with the columns that rules ask for', () => {
    const shipped = watchlistsOf(filesOf('watchlists', '.csv'));
    const expected = Object.entries(shippedWatchlists).map(([alias, { columns }]) => ({ alias, columns, items: [] }));
    expect(shipped).toEqual(expected);
  });

  test('are read from cells in quotes and without', () => {
    const [list] = watchlistsOf([{ path: 'watchlists/A.csv', text: 'a,b\r\n1,"2, ""3"""\r\n,x\r\n' }]);
    expect(list).toEqual({
      alias: 'A',
      columns: ['a', 'b'],
      items: [
        { a: '1', b: '2, "3"' },
        { a: '', b: 'x' },
      ],
    });
  });
});
