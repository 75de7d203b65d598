import { isDeepStrictEqual } from 'node:util';
import type { SourceEvent } from '../../functions/collect/feed.ts';
import { isJsonObject, type Json, type JsonObject } from '../../functions/tables/json.ts';

// Looks at a row by names alone, without `columnOf`, `cells.ts` or the feeds, so that their mistakes show.

const commonCells = ['TimeGenerated', 'EventId', 'EventTime', 'Account', 'AdditionalFields', 'Truncated'];

const otherNames: Readonly<Record<string, string>> = { id: 'sourceid', eventtype: 'type', logtype: 'type' };

const namesOf31: Readonly<Record<string, string>> = {
  email_antivirus: 'av',
  email_delivery: 'delivery',
  email_iep: 'internal email protect',
  email_ttp_impersonation: 'impersonation protect',
  email_journal: 'journal',
  email_process: 'process',
  email_receipt: 'receipt',
  email_ttp_ap: 'attachment protect',
  email_spam: 'spam',
  email_ttp_url: 'url protect',
};

/** The fields of an event whose value is neither in a column of that name nor in AdditionalFields; the row as JSON. */
export function lostFields(event: SourceEvent, row: JsonObject): string[] {
  return Object.keys(event).filter((field) => {
    const value = event[field];
    return value !== null && value !== undefined && !isAdditional(field, value, row) && !isCell(field, value, row);
  });
}

/** The cells of a row, beside the common ones, that say something no field of that name says. */
export function inventedCells(event: SourceEvent, row: JsonObject): string[] {
  return ownCells(row)
    .filter(([column, cell]) => {
      const fields = Object.keys(event).filter((field) => bareName(field) === bareName(column));
      return !fields.some((field) => says(cell, event[field]));
    })
    .map(([column]) => column);
}

function ownCells(row: JsonObject): [string, Json][] {
  return Object.entries(row).filter(([column]) => !commonCells.includes(column));
}

function isAdditional(field: string, value: Json, row: JsonObject): boolean {
  const additional = row['AdditionalFields'];
  return isJsonObject(additional) && Object.hasOwn(additional, field) && isDeepStrictEqual(additional[field], value);
}

function isCell(field: string, value: Json, row: JsonObject): boolean {
  return ownCells(row).some(([column, cell]) => bareName(column) === bareName(field) && says(cell, value));
}

function bareName(name: string): string {
  const bare = name.toLowerCase().replaceAll('_', '');
  return otherNames[bare] ?? bare;
}

function says(cell: Json, value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (isDeepStrictEqual(cell, value)) return true;
  if (typeof cell === 'number') return typeof value === 'string' && isSameNumber(cell, value.trim());
  if (typeof cell === 'boolean') return typeof value === 'string' && value.toLowerCase() === String(cell);
  if (typeof cell !== 'string') return false;
  if (typeof value === 'string') return namesOf31[cell] === value || isSameTime(cell, value);
  return JSON.stringify(value) === cell || (typeof value === 'number' && isSameTime(cell, String(Math.trunc(value))));
}

function isSameNumber(cell: number, digits: string): boolean {
  return /^\d+$/.test(digits) ? BigInt(digits) === BigInt(cell) : Number.parseFloat(digits) === cell;
}

function isSameTime(cell: string, written: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(cell)) return false;
  const instant = new Date(cell).getTime();
  if (/^\d+$/.test(written)) return instant === Number(written);
  const zoned = /[+-]\d\d:?\d\d$|z$/i.test(written) ? written : `${written}Z`;
  return instant === Date.parse(zoned.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}
