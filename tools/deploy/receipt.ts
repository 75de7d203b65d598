import * as z from 'zod';
import type { Blobs } from './blobs.ts';
import type { Item } from './content.ts';

/** What we installed, as Azure showed it right afterwards: hashes by key. What differs today was changed by a person. */
export type Receipt = Readonly<Record<string, string>>;

const blob = 'content.json';
const receipt = z.record(z.string(), z.string());

/** Reads the receipt of earlier deployments; empty when there is none or it cannot be read: then all counts as changed. */
export async function readReceipt(blobs: Blobs): Promise<Receipt> {
  const bytes = await blobs.read(blob);
  try {
    return bytes ? receipt.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))) : {};
  } catch {
    return {};
  }
}

/** Notes what a deployment has installed: all that is there but was not to stay as it was. */
export async function writeReceipt(
  blobs: Blobs,
  before: Receipt,
  found: readonly Item[],
  kept: readonly string[],
): Promise<void> {
  const entries = found.flatMap(({ key, hash }) => {
    const noted = kept.includes(key) ? before[key] : hash;
    return noted === undefined ? [] : [[key, noted] as const];
  });
  await blobs.write(blob, Buffer.from(JSON.stringify(Object.fromEntries(entries))));
}

/** Whether a piece of content is as we installed it. */
export function isUntouched({ key, hash }: Item, noted: Receipt): boolean {
  return noted[key] === hash;
}
