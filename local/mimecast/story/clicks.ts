import type { JsonObject } from '../../../functions/tables/json.ts';
import type { Random } from '../plain/random.ts';
import { urlProtect } from '../plain/shapes/gateway-threats.ts';
import { urlLog, type UrlLog } from '../plain/shapes/window-events.ts';
import type { Recorded } from './happening.ts';
import { envelopeOf, type Letter, logFrameOf, told } from './letter.ts';

/** What became of a click: only the last two brought somebody to a bad page. */
type Outcome = 'clean' | 'blocked' | 'warned' | 'overridden' | 'allowed';

/** Somebody clicks on a link in a message at a time (epoch ms), from an address. */
export interface Click {
  readonly time: number;
  readonly by: string;
  readonly from: string;
  readonly url: string;
  readonly outcome: Outcome;
}

interface Verdict {
  readonly log: Pick<UrlLog, 'action' | 'actions' | 'userOverride' | 'awarenessAction'>;
  readonly gateway: 'Block' | 'Allow' | 'Warn';
}

const none = { userOverride: 'None', awarenessAction: 'N/A' };
const verdicts: Readonly<Record<Outcome, Verdict>> = {
  clean: { log: { action: 'allow', actions: 'Allow', ...none, awarenessAction: 'Continue' }, gateway: 'Allow' },
  blocked: { log: { action: 'block', actions: 'Block', ...none }, gateway: 'Block' },
  warned: { log: { action: 'warn', actions: 'None', ...none }, gateway: 'Warn' },
  // What the vendor writes when a user goes on after a warning is not published (assumed).
  overridden: {
    log: { action: 'warn', actions: 'Allow', userOverride: 'Allow', awarenessAction: 'Continue' },
    gateway: 'Warn',
  },
  allowed: { log: { action: 'allow', actions: 'Allow', ...none }, gateway: 'Allow' },
};

const cleanCategories = ['Business', 'Business', 'News', 'Shopping', 'Technology', 'Travel'];

/** A click as the TTP log tells of it, then as the gateway does. A message has one in the log: it knows no other id. */
export function clicked(letter: Letter, random: Random, click: Click): readonly [log: Recorded, gateway: Recorded] {
  const { time, by, url, outcome } = click;
  const isMalicious = outcome !== 'clean';
  const { log, gateway } = verdicts[outcome];
  const category = isMalicious ? 'Phishing & Fraud' : random.pick(cleanCategories);
  const event = urlLog(logFrameOf(letter, time, by), {
    ...log,
    url,
    isMalicious,
    category,
    definition: "Inbound URL 'Aggressive'",
    sendingIp: letter.direction === 'Internal' ? 'Internal IP' : letter.senderIp,
    isClick: true,
    parts: random.pick([['Body'], ['Body'], ['Body', 'Subject'], ['Attachment']]),
    findings: isMalicious ? findingsOf(random, url) : undefined,
  });
  const body = urlProtect(envelopeOf(letter, [by]), {
    action: gateway,
    url,
    urlCategory: category,
    blockReason: isMalicious ? 'malicious' : null,
    sourceIp: click.from,
    analysis: isMalicious ? JSON.stringify(analysisOf('VerdictBlock')) : cleanAnalysis(random),
  });
  return [
    { feed: 'TtpUrl', time, event },
    told(letter, 'url protect', body, { time: time + 1000, step: `click ${time}` }),
  ];
}

/** A link in a message is scanned when the message arrives; nobody has clicked. */
export function scanned(
  letter: Letter,
  random: Random,
  { url, action }: { readonly url: string; readonly action: 'clean' | 'allow' | 'warn' | 'block' },
): Recorded {
  const time = letter.at + 3000;
  const isMalicious = action !== 'clean';
  const category = random.pick(['Compromised', 'Phishing & Fraud']);
  const event = urlLog(logFrameOf(letter, time), {
    url,
    definition:
      letter.direction === 'Internal' ? 'Default Internal URL Protect Definition' : "Inbound URL 'Aggressive'",
    action: action === 'clean' ? 'allow' : action,
    actions: action === 'warn' ? 'None' : action === 'block' ? 'Block' : 'Allow',
    isMalicious,
    category: isMalicious ? category : random.pick(cleanCategories),
    sendingIp: letter.direction === 'Internal' ? 'Internal IP' : letter.senderIp,
    ...none,
    isClick: false,
    parts: ['Body'],
    findings: isMalicious ? findingsOf(random, url) : undefined,
  });
  return { feed: 'TtpUrl', time, event };
}

const evidence = {
  CredentialTheftEvidence: ['The website uses an unencrypted connection'],
  CredentialTheftTags: ['Login'],
};

function analysisOf(status: string): JsonObject {
  return { Status: ['CustomerAll', status], CredentialTheftBrands: ['Example Bank'], ...evidence };
}

function cleanAnalysis(random: Random): string {
  return random.chance(0.7) ? 'null' : JSON.stringify({ Status: ['CustomerAll', 'VerdictAllow'] });
}

function findingsOf(random: Random, url: string): JsonObject {
  const scan = { Status: ['CustomerAll', 'VerdictBlock'], Type: ['Phishing & Fraud'], Url: [url] };
  const tagMap = { UrlReputationScan: { ...scan, UrlBlock: [`ORIGINAL:${url} (Blocked as PHISHING)`] } };
  if (random.chance(0.4)) return { tagMap };
  const advancedPhishingResult = { CredentialTheftBrands: ['Example Bank'], ...evidence };
  return { tagMap: { ...tagMap, AdvancedPhishing: evidence }, advancedPhishingResult };
}
