import type { Random } from './random.ts';

/** Somebody with a mailbox. */
export interface Person {
  readonly name: string;
  readonly address: string;
  readonly department: string;
}

const first =
  'Ada Ben Cleo Dara Eli Fay Gus Hana Ivo June Kai Lena Milo Nora Omar Pia Quinn Rosa Sami Tess Uma Vito Wren Xenia Yuri Zoe'.split(
    ' ',
  );
const last =
  'Abbot Birch Castle Drake Ellis Frost Garner Hale Irving Jansen Keller Lowe Marsh Novak Orton Pike Quill Reyes Stone Tanaka Unger Vance Wells Yates Zeller Ashby'.split(
    ' ',
  );
const departments = ['Finance', 'Sales', 'Engineering', 'Human Resources', 'Legal', 'Operations'];

/** The n-th person of the company; each number is another person with an address of their own. */
export function person(n: number): Person {
  const firstName = first[n % first.length] ?? '';
  const lastName = last[(n + Math.floor(n / first.length)) % last.length] ?? '';
  const round = Math.floor(n / (first.length * last.length));
  const address = `${firstName}.${lastName}${round === 0 ? '' : round}@example.com`.toLowerCase();
  return { name: `${firstName} ${lastName}`, address, department: departments[n % departments.length] ?? '' };
}

/** How many of them send and receive mail. */
export const companySize = 100;

export function anyPerson(random: Random): Person {
  return person(random.int(0, companySize - 1));
}

const outside = ['mail.example.org', 'example.net', 'news.example.org', 'shop.example.net', 'billing.example.net'];
const mailboxes = ['hello', 'no-reply', 'invoices', 'newsletter', 'm.brandt', 'support', 'orders', 'j.okafor'];

/** An address outside the company. */
export function anyOutsider(random: Random): string {
  return `${random.pick(mailboxes)}@${random.pick(outside)}`;
}

/** An address of the ranges that RFC 5737 keeps for documentation. */
export function anyIp(random: Random): string {
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.int(1, 254)}`;
}
