import type { Random } from '../plain/random.ts';
import type { Tls } from '../plain/shapes/gateway-event.ts';
import { firstNames, lastNames } from './names.ts';

/** Somebody outside who sends mail, or gets it. */
export interface Correspondent {
  readonly address: string;
  readonly ip: string;
  readonly tls: Tls;
  /** Whether SPF, DKIM and DMARC speak for the sender. */
  readonly isAuthentic: boolean;
}

const modern: Tls = { cipher: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' };
const older: Tls = { cipher: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', version: 'TLSv1.2' };
const noTls: Tls = { cipher: '', version: '' };
const unknownTls: Tls = { cipher: '', version: null };
/** What encryption the servers of the world have; partners of one domain share theirs. */
const encryptions = [modern, modern, modern, older, modern, modern, older, modern, noTls, modern, older, unknownTls];

const trades = 'logistics freight steel paper glass optics foods textiles printing tooling energy consulting'.split(
  ' ',
);
const places = 'ashford brookmere castlegate dunmore eastwick fernhill'.split(' ');

/** The domains of the firms with which the company does business. */
const partnerDomains = places.flatMap((place) => trades.map((trade) => `${place}-${trade}.example`));
const contactsPerFirm = 5;

/** A contact at one of the firms the company does business with; the number decides who. */
export function partner(n: number): Correspondent {
  const firm = Math.floor(n / contactsPerFirm) % partnerDomains.length;
  const first = firstNames[(n * 5 + 3) % firstNames.length] ?? '';
  const last = lastNames[(n * 11 + 7) % lastNames.length] ?? '';
  return {
    address: `${first}.${last}@${partnerDomains[firm]}`.toLowerCase(),
    ip: `198.18.${firm}.${10 + (firm % 3)}`,
    tls: encryptions[firm % encryptions.length] ?? modern,
    isAuthentic: firm % 9 !== 8,
  };
}

/** Any contact; a few of the firms write far more than the others. */
export function anyPartner(random: Random): Correspondent {
  const count = partnerDomains.length * contactsPerFirm;
  return partner(Math.floor(random.next() ** 2 * count));
}

/** A machine of the world that sends what nobody wants; every number is another one, with a domain of its own. */
export function stranger(random: Random, n: number): Correspondent {
  const words = ['parcel', 'offer', 'secure', 'prize', 'invoice', 'cloud', 'verify', 'deal', 'update', 'bonus'];
  const word = `${random.pick(words)}-${random.pick(words)}`;
  return {
    address: `${random.pick(['info', 'no-reply', 'service', 'team', 'news'])}@${word}-${(n % 1_000_000).toString(36)}.example`,
    ip: `198.19.${random.int(0, 255)}.${random.int(1, 254)}`,
    tls: random.pick(encryptions),
    isAuthentic: random.chance(0.3),
  };
}

/** An attacker's server; 198.51.100.0/24 is kept for documentation (RFC 5737). */
export function attackerIp(random: Random): string {
  return `198.51.100.${random.int(1, 254)}`;
}
