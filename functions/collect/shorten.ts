import { type Json, isJsonObject } from '../tables/json.ts';

/** Logs Ingestion cuts values over 64 KB without a word, so ours are cut before that, and marked. */
export const maxUnits = 32_000;
export const maxBytes = 64_000;

/** Whether a text is within both limits of a cell; a UTF-16 unit is at most three bytes. */
export function fits(value: string): boolean {
  return value.length * 3 <= maxBytes || (value.length <= maxUnits && Buffer.byteLength(value) <= maxBytes);
}

/** The longest start of a text within the limits (UTF-16 units, UTF-8 bytes), never ending inside a character. */
export function shortenText(value: string, units = maxUnits, bytes = maxBytes): string {
  let kept = value.slice(0, units);
  if (kept.length * 3 > bytes && Buffer.byteLength(kept) > bytes) {
    const encoded = Buffer.from(kept);
    let end = bytes;
    while (end > 0 && (encoded[end] ?? 0) >> 6 === 0b10) end--;
    // By length, since half a pair that stands alone comes back as another character.
    kept = kept.slice(0, encoded.toString('utf8', 0, end).length);
  }
  const last = kept.charCodeAt(kept.length - 1);
  const isHalfPair = kept.length < value.length && last >= 0xd800 && last <= 0xdbff;
  return isHalfPair ? kept.slice(0, -1) : kept;
}

/** A JSON value whose text is within the limits: list and object tails and long texts are cut, so that it stays JSON. */
export function shortenJson(value: Json, units = maxUnits, bytes = maxBytes): Json {
  const budget = { units, bytes };
  return shortenInto(value, budget) ?? null;
}

interface Budget {
  units: number;
  bytes: number;
}

function shortenInto(value: Json, budget: Budget): Json | undefined {
  if (Array.isArray(value)) return spend(budget, '[]') ? shortenList(value, budget) : undefined;
  if (isJsonObject(value)) return spend(budget, '{}') ? shortenObject(value, budget) : undefined;
  if (spend(budget, JSON.stringify(value))) return value;
  if (typeof value !== 'string') return undefined;
  // Escaped, a character takes up to six units: less is tried until it fits.
  for (let share = 1; share > 1 / 8; share *= 0.9) {
    const units = Math.floor((budget.units - 2) * share);
    const kept = shortenText(value, Math.max(units, 0), Math.max(Math.floor((budget.bytes - 2) * share), 0));
    if (kept === '') return undefined;
    if (spend(budget, JSON.stringify(kept))) return kept;
  }
  return undefined;
}

function shortenList(list: readonly Json[], budget: Budget): Json[] {
  const kept: Json[] = [];
  for (const item of list) {
    const shortened = spend(budget, ',') ? shortenInto(item, budget) : undefined;
    if (shortened === undefined) break;
    kept.push(shortened);
  }
  return kept;
}

// The short items first, so that a long one does not push them out.
function shortenObject(object: { readonly [key: string]: Json }, budget: Budget): Json {
  const kept = new Map<string, Json>();
  const sized = Object.entries(object).map(([key, item]) => ({ key, item, size: JSON.stringify(item).length }));
  for (const { key, item } of sized.toSorted((a, b) => a.size - b.size)) {
    const shortened = spend(budget, `${JSON.stringify(key)}:,`) ? shortenInto(item, budget) : undefined;
    if (shortened !== undefined) kept.set(key, shortened);
  }
  return Object.fromEntries(sized.flatMap(({ key }) => (kept.has(key) ? [[key, kept.get(key) ?? null]] : [])));
}

function spend(budget: Budget, text: string): boolean {
  const bytes = Buffer.byteLength(text);
  if (text.length > budget.units || bytes > budget.bytes) return false;
  budget.units -= text.length;
  budget.bytes -= bytes;
  return true;
}
