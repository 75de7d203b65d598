import type { Connector } from '../connectors.ts';
import { defaulted } from './text.ts';

const dayMs = 86_400_000;
const startDaysAgo = 60;

/** The setting `CONNECTORS`: the names of those that are on. */
export function connectorNames(connectors: readonly Connector[]) {
  const known = connectors.map((connector) => connector.setting);
  const isKnown = (name: string) => known.some((setting) => setting === name);
  return defaulted(known.join(), `a list of ${known.join(', ')} with commas between them`, (text) => {
    const names = namesOf(text);
    return names.length > 0 && names.every(isKnown);
  }).transform((text) => known.filter((setting) => namesOf(text).includes(setting)));
}

function namesOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The setting `START_DATE`. @param nowMs epoch milliseconds */
export function startDate(nowMs: number) {
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const fallback = dayOf(nowMs - startDaysAgo * dayMs);
  return defaulted(fallback, 'a day as yyyy-mm-dd, UTC, not in the future', (text) => {
    const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
    return ms <= nowMs && dayOf(ms) === text;
  });
}

/** Whether a text is a whole number from 1 on. */
export function isWholeFromOne(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1;
}
