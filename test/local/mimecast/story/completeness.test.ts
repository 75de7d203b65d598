import { expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../../functions/tables/json.ts';
import { impersonationSigns } from '../../../../local/mimecast/plain/shapes/gateway-threats.ts';
import { identifiers } from '../../../../local/mimecast/story/impersonations.ts';
import type { FeedName } from '../../../../local/mimecast/endpoints.ts';
import { tell, text, typeOf } from './told.ts';

// A quiet story: what everyday traffic lacks would not be seen on a quiet day.
const told = tell({ quiet: true });
const byType = Map.groupBy([...told.of('SegCg'), ...told.of('CloudIntegrated')], ({ event }) => typeOf(event));
const eventsOf = (from: string): readonly JsonObject[] => {
  const feed = told.of(from === 'users' ? 'AwarenessUserData' : feedNamed(from));
  return (feed.length > 0 ? feed : (byType.get(from) ?? [])).map(({ event }) => event);
};
const users = told.campaigns.flatMap((campaign) => campaign.users);
const valuesOf = (from: string, field: string): Set<Json | undefined> =>
  new Set((from === 'users' ? users : eventsOf(from)).map((event) => event[field]));

function feedNamed(name: string): FeedName {
  const names = [
    'Audit',
    'SegDlp',
    'TtpUrl',
    'TtpAttachment',
    'TtpImpersonation',
    'AwarenessPerformanceDetails',
    'AwarenessSafeScoreDetails',
    'AwarenessWatchlistDetails',
  ] as const;
  return names.find((each) => each === name) ?? 'AwarenessUserData';
}

const categories =
  'account_logs archive_service_logs authentication_logs awareness_training_logs branding_logs case_review_logs continuity_services_logs integrations_and_apis journaling_logs mimecast_access_logs policy_logs profile_group_logs reporting_logs user_account_and_role_logs';

test('all ten types of the gateway and all three of Cloud Integrated occur', () => {
  expect([...byType.keys()].toSorted()).toEqual(
    'attachment protect,av,delivery,entities,impersonation protect,internal email protect,journal,mailflow,process,receipt,spam,url protect,urlclick'.split(
      ',',
    ),
  );
});

const wanted: readonly (readonly [from: string, field: string, values: readonly (string | boolean | null)[]])[] = [
  ['receipt', 'action', ['Acc', 'Rej', 'Ign']],
  ['receipt', 'direction', ['Inbound', 'inbound', 'Internal', 'internal', 'Outbound', 'outbound']],
  ['receipt', 'rejectionCode', ['550', '554', '0', null]],
  [
    'receipt',
    'rejectionType',
    [
      'Manual Envelope Rejection',
      'IP Found in RBL',
      'Malicious QRCode Detection',
      'Header Rejected',
      'Virus Signature Detection',
      null,
    ],
  ],
  ['receipt', 'receiptErrors', ['Malicious QRCode detected in email: UrlReputationScan', null]],
  ['receipt', 'tlsVersion', ['TLSv1.2', 'TLSv1.3', '', null]],
  ['receipt', 'spamDetectionLevel', ['7', '28', null]],
  ['receipt', 'messageId', [null]],
  ['receipt', 'senderEnvelope', ['<>', null]],
  ['process', 'action', ['Acc', 'Hld', 'Sdbx', 'Allow', 'Bnc', 'Ign', 'Rej']],
  ['process', 'holdReason', ['Spm', 'Oth', null]],
  ['process', 'attachments', ['"so-called "FINAL" draft.doc"', null]],
  ['delivery', 'delivered', ['true', 'false']],
  ['delivery', 'direction', ['Inbound', 'Internal', 'Outbound', 'outbound', null]],
  ['delivery', 'tlsUsed', ['Yes', 'No', 'true']],
  ['delivery', 'tlsVersion', ['TLSv1.3', 'TLSv1.2', null]],
  ['url protect', 'action', ['Block', 'Allow', 'Warn']],
  ['url protect', 'analysis', ['null']],
  ['url protect', 'blockReason', ['malicious', null]],
  ['impersonation protect', 'action', ['Hold', 'Bounce', 'None']],
  ['spam', 'subject', [null]],
  ['spam', 'taggedExternal', ['true']],
  ['av', 'senderDomainInternal', ['false']],
  ['entities', 'threatState', ['DELIVERED', 'DELIVERY_IN_PROGRESS', 'BLOCKED']],
  ['entities', 'threatType', ['NO_DETECTIONS', 'MALWARE', 'POLICIES_DISABLED', 'PHISHING', 'SPAM', 'UNTRUSTWORTHY']],
  ['entities', 'direction', ['INBOUND', 'Inbound']],
  ['entities', 'senderEnvelope', ['']],
  ['entities', 'historicalMail', [true, false]],
  ['urlclick', 'action', ['ALLOW', 'BLOCK', 'WARN']],
  ['TtpUrl', 'action', ['allow', 'warn', 'block']],
  ['TtpUrl', 'actions', ['Allow', 'Block', 'None']],
  ['TtpUrl', 'scanResult', ['clean', 'malicious']],
  ['TtpUrl', 'creationMethod', ['User Click', 'Entry Scan']],
  ['TtpUrl', 'route', ['inbound', 'internal']],
  ['TtpUrl', 'sendingIp', ['Internal IP']],
  ['TtpUrl', 'userAwarenessAction', ['Continue', 'N/A']],
  ['TtpAttachment', 'result', ['safe', 'malicious', 'timeout', 'error', 'unsafe']],
  ['TtpAttachment', 'actionTriggered', ['none, none', 'user release, none', 'hold, none']],
  ['TtpImpersonation', 'action', ['hold', 'bounce', 'none']],
  ['TtpImpersonation', 'taggedMalicious', [true, false]],
  ['SegDlp', 'action', ['hold', 'notification', 'block', 'delete', 'bounce', 'smart_folder']],
  ['SegDlp', 'route', ['inbound', 'outbound', 'internal']],
  ['SegDlp', 'senderAddress', ['<>']],
  ['Audit', 'category', categories.split(' ')],
  [
    'Audit',
    'auditType',
    [
      'User Logged On',
      'Logon Requires Challenge',
      'Logon Authentication Failed',
      'New Policy',
      'Policy Deleted',
      'Existing Policy Changed',
      'Domain Adjustments',
      'Threat Intel Feed Download',
      'Search Action',
      'Case Action',
      'User Password Changed',
    ],
  ],
  ['AwarenessSafeScoreDetails', 'risk', ['A', 'B', 'C', 'D', 'F']],
  ['AwarenessSafeScoreDetails', 'knowledge', ['A', 'B', 'F']],
  ['AwarenessPerformanceDetails', 'userState', ['ACTIVE', 'DISABLED']],
  ['users', 'status', ['SENT', 'OPENED', 'CLICKED', 'SUBMITTED', 'REPORTED']],
  ['users', 'templateName', ['Parcel on hold', 'Password expires', '工资单']],
];

test.each(wanted)('%s has in %s all that the reference knows', (from, field, values) => {
  const found = valuesOf(from, field);
  expect(values.filter((value) => !found.has(value))).toEqual([]);
});

const flatten = (from: string, field: string): Set<Json> =>
  new Set(eventsOf(from).flatMap((event) => (Array.isArray(event[field]) ? event[field] : [])));

test('every part of a message, tag, identifier and sign of a pretender occurs', () => {
  expect(flatten('TtpUrl', 'emailPartsDescription')).toEqual(new Set(['Body', 'Subject', 'Attachment']));
  expect(flatten('entities', 'tags')).toEqual(new Set(['MALWARE', 'PHISHING', 'SPAM', 'UNTRUSTWORTHY']));
  expect(flatten('TtpImpersonation', 'identifiers')).toEqual(new Set(Object.keys(identifiers)));
  for (const sign of impersonationSigns.filter((each) => each !== 'customThreatDictionary'))
    expect([...valuesOf('impersonation protect', sign)]).toContain('true');
});

test('policies of Cloud Integrated act and do not, and every result of a check of the sender occurs', () => {
  const policies = eventsOf('entities').map(({ policiesApplied }) => JSON.stringify(policiesApplied));
  for (const [action, mode] of [
    ['"DO_NOTHING"', '"ACTIVE"'],
    ['"BLOCK"', '"ACTIVE"'],
    ['null', 'null'],
  ])
    expect(policies).toContain(`[{"action":${action},"mode":${mode},"name":"Default O365 Mail policy"}]`);
  const checks = JSON.stringify(eventsOf('mailflow').map(({ authResults }) => authResults));
  for (const result of ['pass', 'fail', 'none']) expect(checks).toContain(`"result":"${result}","type":"SPF"`);
});

test('Cloud Integrated sees mail that comes in, in either spelling, goes out and stays inside', () => {
  const directions = new Set(eventsOf('entities').map(({ direction }) => direction));
  expect(directions).toEqual(new Set(['INBOUND', 'Inbound', 'OUTBOUND', 'INTERNAL']));
});

test('what the gateway found of a sender stands in all four encodings', () => {
  const encodings = eventsOf('receipt').map(({ spamProcessingDetail: detail }) => {
    if (typeof detail !== 'string') return isJsonObject(detail) ? 'object' : 'null';
    return isJsonObject(parseJson(detail)) ? 'text' : 'text of text';
  });
  expect(new Set(encodings)).toEqual(new Set(['null', 'object', 'text', 'text of text']));
  const details = JSON.stringify(eventsOf('receipt').map(({ spamProcessingDetail }) => spamProcessingDetail));
  for (const found of ['"greyEmail":true', '"permittedSender":{"allow":true,"info":"ALLOW"}', '"info":"SOFT_FAIL"'])
    expect(details).toContain(found);
});

test('types stand in both spellings, places in the queue are told or not, and ids have a second or not', () => {
  const events = told.of('SegCg').map(({ event }) => event);
  for (const key of ['type', 'eventType', '_offset']) {
    expect(events.some((event) => key in event)).toBe(true);
    expect(events.some((event) => !(key in event))).toBe(true);
  }
  expect(events.some(({ aggregateId }) => /^[\w-]{22}$/.test(text(aggregateId)))).toBe(true);
  expect(events.some(({ aggregateId }) => /^[\w-]{22}_\d{10}$/.test(text(aggregateId)))).toBe(true);
  expect(eventsOf('url protect').every(({ processingId }) => /^req-[0-9a-f]{32}$/.test(text(processingId)))).toBe(true);
});

test('most events on dangerous files carry only hashes, a few say whose message it was', () => {
  const files = eventsOf('attachment protect');
  const rich = files.filter((event) => 'recipient' in event);
  expect(rich.length).toBeGreaterThan(0);
  expect(rich.length).toBeLessThan(files.length / 2);
});

test('only reserved domains and addresses occur', () => {
  const everything = [...byType.values()].flat().map(({ event }) => event);
  const events = [...everything, ...eventsOf('TtpUrl'), ...eventsOf('SegDlp'), ...eventsOf('Audit')];
  const foreign = new Set<string>();
  for (const event of events) {
    const whole = JSON.stringify(event);
    for (const [, domain = ''] of whole.matchAll(/(?:@|https?:\/\/)([\w.-]+)/g))
      if (!domain.endsWith('.example')) foreign.add(domain);
    for (const [ip] of whole.matchAll(/\b\d+\.\d+\.\d+\.\d+\b/g))
      if (!/^(192\.0\.2|198\.51\.100|203\.0\.113|198\.1[89]|10)\./.test(ip)) foreign.add(ip);
  }
  expect([...foreign]).toEqual([]);
});
