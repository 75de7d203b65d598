import { type Json, type JsonObject, isJsonObject, parseJson } from '../../../functions/tables/json.ts';
import { simulatedGeo } from '../../../local/sentinel/query/simulated-geo.ts';
import { chosenSpan, rowsIn, spanBefore } from '../simulated.ts';
import type { Span } from '../tiles.ts';
import { type Agreement, column, type Counts, rowCount, tally, text } from './case.ts';

const workbook = 'Mimecast_Cloud_Integrated_Workbook.json';

function of(type: string, span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Cloud_Integrated_CL', span).filter((row) => text(row, 'type_') === type);
}

/** A list that a column holds as text of JSON. */
function list(row: JsonObject, name: string): readonly Json[] {
  const value = row[name];
  const read = typeof value === 'string' && value !== '' ? parseJson(value) : value;
  return Array.isArray(read) ? read : [];
}

function sender(row: JsonObject): string {
  return (text(row, 'senderEnvelope') || text(row, 'senderHeader')).toLowerCase();
}

function isThreat(row: JsonObject): boolean {
  return !['', 'NO_DETECTIONS', 'POLICIES_DISABLED'].includes(text(row, 'threatType'));
}

function isBlocked(row: JsonObject): boolean {
  return text(row, 'threatState') === 'BLOCKED';
}

function isBad(row: JsonObject): boolean {
  return isThreat(row) || list(row, 'tags').length > 0;
}

function hasFailedSpf(row: JsonObject): boolean {
  const checks = list(row, 'authResults').filter(isJsonObject);
  return checks.some(({ type, result }) => type === 'SPF' && result === 'fail');
}

function totals(span: Span): Counts {
  const mail = of('entities', span);
  const clicks = of('urlclick', span);
  return {
    Messages: mail.length,
    'Messages with a threat': mail.filter(isThreat).length,
    'Threats blocked': mail.filter((row) => isThreat(row) && isBlocked(row)).length,
    'Malicious and delivered': mail.filter((row) => isBad(row) && !isBlocked(row)).length,
    Clicks: clicks.length,
    'Clicks warned or blocked': clicks.filter((row) => ['WARN', 'BLOCK'].includes(text(row, 'action'))).length,
  };
}

/** The ten greatest counts by their place. */
function ranked(counts: readonly number[]): Counts {
  const greatest = counts.toSorted((a, b) => b - a).slice(0, 10);
  return Object.fromEntries(greatest.map((count, place) => [`${place + 1}`, count]));
}

const quotedSubject = 'Minutes of the "steering" meeting';
const tags = ['Malware', 'Phishing', 'Untrustworthy', 'Spam'];

const ofTags = tags.flatMap((tag): readonly Agreement[] => {
  const tagged = (): number => of('entities').filter((row) => list(row, 'tags').includes(tag.toUpperCase())).length;
  const name = `the messages tagged ${tag}`;
  const tile = `${tag.toLowerCase()}-tags`;
  return [
    { name, workbook, tile: `${tile}-count`, shown: column('Count', 'Tag'), counted: () => ({ [tag]: tagged() }) },
    { name, workbook, tile: `${tile}-details`, shown: rowCount, counted: () => ({ rows: tagged() }) },
  ];
});

/** What the Cloud Integrated workbook counts. */
export const cloudIntegratedAgreements: readonly Agreement[] = [
  ...ofTags,
  {
    name: 'the messages of each policy action',
    workbook,
    tile: 'types-of-policy-action',
    shown: column('Emails', 'Action'),
    counted: () =>
      tally(
        of('entities')
          .flatMap((row) => list(row, 'policiesApplied'))
          .map((policy) => (isJsonObject(policy) ? policy['action'] : null))
          .map((action) => (typeof action === 'string' ? action : 'not set')),
      ),
  },
  {
    name: 'the messages of each kind of threat',
    workbook,
    tile: 'threat-detection',
    shown: column('Emails', 'Threat Type'),
    counted: () => tally(of('entities').map((row) => text(row, 'threatType'))),
  },
  {
    name: 'the totals of the chosen time',
    workbook,
    tile: 'traffic-totals',
    shown: column('Count', 'Total'),
    counted: () => totals(chosenSpan),
  },
  {
    name: 'the totals of the period before',
    workbook,
    tile: 'traffic-totals',
    shown: column('Before', 'Total'),
    counted: () => totals(spanBefore),
  },
  {
    name: 'the messages of each route, all hours together and in one spelling',
    workbook,
    tile: 'email-traffic-by-route',
    shown: (rows) =>
      Object.fromEntries(
        rows.map((row) => [
          text(row, 'Route'),
          Array.isArray(row['Emails']) ? row['Emails'].reduce<number>((sum, count) => sum + Number(count), 0) : 0,
        ]),
      ),
    counted: () => tally(of('entities').map((row) => text(row, 'direction').toUpperCase())),
  },
  {
    name: 'one row a country on the map',
    workbook,
    tile: 'messages-sent-by-country',
    shown: column('Messages', 'Country'),
    counted: () => tally(of('entities').map((row) => simulatedGeo(text(row, 'senderIp'))?.country)),
  },
  {
    name: 'the messages of the ten domains that send most',
    workbook,
    tile: 'top-sender-domains',
    shown: (rows) => ranked(rows.map((row) => Number(row['Emails']))),
    counted: () => ranked(Object.values(tally(of('entities').map((row) => sender(row).split('@')[1])))),
  },
  {
    name: 'what is bad and was delivered all the same',
    workbook,
    tile: 'malicious-and-delivered',
    shown: rowCount,
    counted: () => ({ rows: of('entities').filter((row) => isBad(row) && !isBlocked(row)).length }),
  },
  {
    name: 'who had a message of that subject, with quotes in it',
    workbook,
    tile: 'who-else',
    chosen: { SpreadSender: 'nobody', SpreadSubject: quotedSubject },
    shown: column('Emails', 'Recipient'),
    counted: () =>
      tally(
        of('entities')
          .filter((row) => text(row, 'subject') === quotedSubject)
          .flatMap((row) => list(row, 'recipients').filter((address) => typeof address === 'string')),
      ),
  },
  {
    name: 'the messages of each sender that failed SPF',
    workbook,
    tile: 'sender-authentication',
    shown: (rows) =>
      Object.fromEntries(Object.entries(column('SPF fail', 'Sender')(rows)).filter(([, failed]) => failed > 0)),
    counted: () => {
      const senders = new Map(of('entities').map((row) => [text(row, 'messageId'), sender(row)]));
      return tally(
        of('mailflow')
          .filter(hasFailedSpf)
          .map((row) => senders.get(text(row, 'messageId'))),
      );
    },
  },
  {
    name: 'the clicks of each user that were warned of or blocked',
    workbook,
    tile: 'users-with-bad-clicks',
    shown: column('Clicks', 'User'),
    counted: () =>
      tally(
        of('urlclick')
          .filter((row) => text(row, 'action') !== 'ALLOW')
          .flatMap((row) => list(row, 'recipients').map(String)),
      ),
  },
];
