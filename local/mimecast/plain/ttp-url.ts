import type { JsonObject } from '../../../functions/tables/json.ts';
import { anyMail, logFrameOf } from './mail.ts';
import { anyIp } from './people.ts';
import type { Random } from './random.ts';
import { urlLog } from './shapes/window-events.ts';

const urls = [
  'https://www.example.org/offers?utm_source=mail&utm_campaign=%E5%A4%8F',
  'http://login.example.net/account/verify',
  'https://files.example.net/d/88213/report.zip',
  'http://www.example.org/',
];

/** Makes URL Protect events: clicks, and scans at the gateway. */
export function ttpUrlEvents(random: Random, label: string): (n: number, time: number) => JsonObject {
  return (n, time) => {
    const mail = anyMail(random, `${label} ${n}`, time);
    const url = random.pick(urls);
    const isMalicious = random.chance(0.2);
    const action = isMalicious ? random.pick(['block', 'warn', 'allow'] as const) : 'allow';
    const isClick = random.chance(0.8);
    return urlLog(logFrameOf(mail, time), {
      url,
      definition: random.pick(["Inbound URL 'Aggressive'", 'Default Internal URL Protect Definition']),
      action,
      actions: action === 'allow' ? 'Allow' : random.pick(['Block', 'None'] as const),
      isMalicious,
      category: isMalicious ? random.pick(['Phishing & Fraud', 'Compromised']) : 'Business',
      sendingIp: random.chance(0.1) ? 'Internal IP' : anyIp(random),
      userOverride: 'None',
      awarenessAction: isClick ? 'Continue' : 'N/A',
      isClick,
      parts: random.pick([['Body'], ['Body', 'Subject'], ['Attachment']]),
      findings: isMalicious ? findings(random, url) : undefined,
    });
  };
}

function findings(random: Random, url: string): JsonObject {
  const evidence = ['The website uses an unencrypted connection'];
  const tagMap = {
    UrlReputationScan: {
      Status: ['CustomerAll', 'VerdictBlock'],
      Type: ['Phishing & Fraud'],
      Url: [url],
      UrlBlock: [`ORIGINAL:${url} (Blocked as PHISHING)`],
    },
    ...(random.chance(0.3) ? { AdvancedPhishing: { CredentialTheftEvidence: evidence, CredentialTheftTags: [] } } : {}),
  };
  if (random.chance(0.6)) return { tagMap };
  const advancedPhishingResult = {
    CredentialTheftBrands: ['Example Bank'],
    CredentialTheftEvidence: evidence,
    CredentialTheftTags: ['Login'],
  };
  return { tagMap, advancedPhishingResult };
}
