import { createHash } from 'node:crypto';

/** Randomness that a seed repeats. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  hex(digits: number): string;
}

/** A stream of numbers (xorshift128, https://www.jstatsoft.org/article/view/v008i14) that begins from the digest of a text. */
export function randomFrom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  let [x, y, z, w] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12) | 1];
  const next = (): number => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return (w >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    int,
    pick<T>(list: readonly T[]): T {
      const item = list[int(0, list.length - 1)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
    chance: (probability) => next() < probability,
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
  };
}

/** An id of 43 base64url characters that no other label has. */
export function idOf(label: string): string {
  return createHash('sha256').update(label).digest('base64url');
}

/** An id of 64 hexadecimal digits that no other label has. */
export function hexIdOf(label: string): string {
  return createHash('sha256').update(label).digest('hex');
}
