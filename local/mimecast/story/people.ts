import type { Person } from '../plain/people.ts';
import { cast, firstNames, lastNames } from './names.ts';

/** Somebody of the company. */
export interface Employee extends Person {
  readonly number: number;
  /** The office's address, or that of a branch. */
  readonly officeIp: string;
  readonly homeIp: string;
}

export type Part = keyof typeof cast;

/** Who works at the company: its people, and those of a studio it has bought, whose mail Cloud Integrated protects. */
export interface Company {
  readonly people: readonly Employee[];
  readonly studio: readonly Employee[];
  /** The person who plays a part in the story. */
  as(part: Part): Employee;
  readonly domain: string;
  readonly studioDomain: string;
}

const domain = 'larkfield.example';
const studioDomain = 'larkfield-studio.example';
const studioShare = 0.2;
const departments = ['Sales', 'Engineering', 'Operations', 'Finance', 'Customer Care', 'Marketing', 'Legal'];
const parts = Object.keys(cast);

/** The least number of people that a story needs: those who play a part, and their colleagues. */
const fewestPeople = 40;

/** @param users how many people there are. @throws Error when they are too few for the parts */
export function companyOf(users: number): Company {
  if (users < fewestPeople) throw new Error(`A story needs ${fewestPeople} people or more, not ${users}.`);
  const inStudio = Math.round(users * studioShare);
  const people = Array.from({ length: users - inStudio }, (_, n) => employee(n, domain));
  const studio = Array.from({ length: inStudio }, (_, n) => employee(people.length + n, studioDomain));
  const named = Object.fromEntries(people.slice(0, parts.length).map((person, n) => [parts[n] ?? '', person]));
  const as = (part: Part): Employee => {
    const person = named[part];
    if (!person) throw new Error(`Nobody plays the ${part}.`);
    return person;
  };
  return { people, studio, as, domain, studioDomain };
}

function employee(number: number, at: string): Employee {
  const [name, department] = Object.values(cast)[number] ?? [
    nameOf(number - parts.length),
    departments[number % departments.length] ?? '',
  ];
  const round = Math.floor((number - parts.length) / (firstNames.length * lastNames.length));
  const account = name.toLowerCase().replace(' ', '.') + (round > 0 ? String(round + 1) : '');
  return {
    number,
    name,
    department,
    address: `${account}@${at}`,
    officeIp: `192.0.2.${10 + (number % 4)}`,
    homeIp: homeOf(number),
  };
}

// Whoever shares a first name does not share the last one until all pairs are used.
function nameOf(n: number): string {
  const round = Math.floor(n / firstNames.length);
  return `${firstNames[n % firstNames.length]} ${lastNames[(n * 7 + round) % lastNames.length]}`;
}

// 203.0.113.0/24 and 2001:db8::/32 are for documentation, 198.18.0.0/15 is for benchmarks (RFC 5737, 3849, 2544): nobody's.
function homeOf(number: number): string {
  if (number % 15 === 14) return `2001:db8:42::${(number + 1).toString(16)}`;
  if (number < 250) return `203.0.113.${1 + number}`;
  return `198.18.${100 + (Math.floor(number / 250) % 100)}.${1 + (number % 250)}`;
}
