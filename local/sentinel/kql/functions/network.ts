import { text, whole } from '../expressions/readers.ts';
import { refuse } from '../refusal.ts';
import { derived } from '../expressions/expression.ts';
import { argument, type Builtin, type Builtins, byCount, of1, of2, of3 } from './builtin.ts';

interface Address {
  readonly value: number;
  /** How many of its bits count. */
  readonly prefix: number;
}

/** An IPv4 address with or without `/prefix`, null when it is none. */
function parse(value: string): Address | null {
  const match = /^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?\s*$/.exec(value);
  if (!match) return null;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5] ?? 32);
  if (octets.some((octet) => octet > 255) || prefix > 32) return null;
  return { value: octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
}

/** The first so many bits of an address. */
function network(value: number, prefix: number): number {
  return Math.floor(value / 2 ** (32 - prefix));
}

function compare(a: string, b: string, prefix = 32): -1 | 0 | 1 | null {
  const [first, second] = [parse(a), parse(b)];
  if (first === null || second === null) return null;
  const bits = Math.min(first.prefix, second.prefix, prefix);
  const [x, y] = [network(first.value, bits), network(second.value, bits)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function isInRange(address: string, range: string): boolean | null {
  const [first, second] = [parse(address), parse(range)];
  if (first === null || second === null) return null;
  const bits = Math.min(first.prefix, second.prefix);
  return network(first.value, bits) === network(second.value, bits);
}

function asLong(order: number | null): bigint | null {
  return order === null ? null : BigInt(order);
}

function isMatch(order: number | null): boolean | null {
  return order === null ? null : order === 0;
}

function isPrivate(address: string): boolean | null {
  return parse(address) === null ? null : privateRanges.some((range) => isInRange(address, range) === true);
}

function toLong(address: string): bigint | null {
  const found = parse(address);
  if (found === null) return null;
  return BigInt(network(found.value, found.prefix) * 2 ** (32 - found.prefix));
}

/** Where an address is, from a look-up that is supplied. */
const geoInfo: Builtin = (given, call) => {
  const { geoInfo: find } = call.surroundings;
  if (!find) return refuse('geo_info_from_ip_address() without a look-up of addresses');
  const address = text(argument(given, 0, call));
  return derived(call.type, given, (row) => {
    const found = find(address(row));
    return found === undefined ? null : new Map(Object.entries(found));
  });
};

export const networks: Builtins = {
  ipv4_is_private: of1(text, isPrivate),
  ipv4_is_in_range: of2(text, text, isInRange),
  ipv4_compare: byCount({
    2: of2(text, text, (a, b) => asLong(compare(a, b))),
    3: of3([text, text, whole], (a, b, prefix) => asLong(compare(a, b, Number(prefix)))),
  }),
  ipv4_is_match: byCount({
    2: of2(text, text, (a, b) => isMatch(compare(a, b))),
    3: of3([text, text, whole], (a, b, prefix) => isMatch(compare(a, b, Number(prefix)))),
  }),
  parse_ipv4: of1(text, toLong),
  geo_info_from_ip_address: geoInfo,
};
