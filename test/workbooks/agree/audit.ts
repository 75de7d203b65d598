import type { JsonObject } from '../../../functions/tables/json.ts';
import { simulatedGeo } from '../../../local/sentinel/query/simulated-geo.ts';
import { chosenSpan, rowsIn, spanBefore } from '../simulated.ts';
import type { Span } from '../tiles.ts';
import { type Agreement, column, type Counts, rowCount, summed, tally, text } from './case.ts';

const workbook = 'Mimecast_Audit_Workbook.json';
const accountLogs = ['user_account_and_role_logs', 'account_logs', 'profile_group_logs', 'integrations_and_apis'];

function events(span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Audit_CL', span);
}

function isType(name: string): (row: JsonObject) => boolean {
  return (row) => text(row, 'auditType') === name;
}

function isCategory(...names: readonly string[]): (row: JsonObject) => boolean {
  return (row) => names.includes(text(row, 'category'));
}

const isFailure = isType('Logon Authentication Failed');
const isSuccess = isType('User Logged On');
const isChange = isCategory('policy_logs', ...accountLogs);

function totals(span: Span): Counts {
  const all = events(span);
  const count = (is: (row: JsonObject) => boolean): number => all.filter(is).length;
  return {
    'Audit events': all.length,
    'Successful logons': count(isSuccess),
    'Failed logons': count(isFailure),
    'Policy changes': count(isCategory('policy_logs')),
    'Administrator and account changes': count(isCategory(...accountLogs)),
    'Mimecast support access': count(isCategory('mimecast_access_logs')),
  };
}

const ofTotals = Object.keys(totals(chosenSpan)).map((total) => ({
  name: `a click on ${total} shows as many rows as the tile says`,
  workbook,
  tile: 'overview-events-of-total',
  chosen: { Total: total },
  shown: (rows: readonly JsonObject[]): Counts => ({ [total]: rows.length }),
  counted: (): Counts => ({ [total]: totals(chosenSpan)[total] ?? Number.NaN }),
}));

/** What the audit workbook counts. */
export const auditAgreements: readonly Agreement[] = [
  {
    name: 'the totals of the chosen time',
    workbook,
    tile: 'overview-totals',
    shown: column('Count', 'Total'),
    counted: () => totals(chosenSpan),
  },
  {
    name: 'the totals of the period before, which is as long',
    workbook,
    tile: 'overview-totals',
    shown: column('Before', 'Total'),
    counted: () => totals(spanBefore),
  },
  ...ofTotals,
  {
    name: 'the events of each category, all days together',
    workbook,
    tile: 'events-by-category',
    shown: summed('Events', 'Category'),
    counted: () => tally(events().map((row) => text(row, 'category'))),
  },
  {
    name: 'the events of each type',
    workbook,
    tile: 'events-by-type',
    shown: column('Events', 'Type'),
    counted: () => tally(events().map((row) => text(row, 'auditType'))),
  },
  {
    name: 'failed logons of each user, with an address or without',
    workbook,
    tile: 'failed-logins',
    shown: (rows) => tally(rows.flatMap((row) => Array<string>(Number(row['Count'])).fill(text(row, 'User')))),
    counted: () =>
      tally(
        events()
          .filter(isFailure)
          .map((row) => text(row, 'user')),
      ),
  },
  {
    name: 'one user alone, once the filter names her',
    workbook,
    tile: 'failed-logins',
    chosen: { User: 'lena.brandt' },
    shown: column('Count', 'Source IP'),
    counted: () => {
      const hers = events().filter((row) => isFailure(row) && text(row, 'user').startsWith('lena.brandt@'));
      return tally(hers.map((row) => /IP: ([0-9.]+)/.exec(text(row, 'eventInfo'))?.[1] ?? 'unknown'));
    },
  },
  {
    name: 'the same user, whatever stands around her name',
    workbook,
    tile: 'failed-logins',
    chosen: { User: '"lena.brandt", ' },
    shown: (rows) => tally(rows.map((row) => text(row, 'User'))),
    counted: () => tally(['lena.brandt@larkfield.example']),
  },
  {
    name: 'the guesses before a logon from the same address',
    workbook,
    tile: 'guessed-passwords',
    shown: column('Failures', 'User'),
    counted: () => {
      const guesses = events().filter((row) => isFailure(row) && text(row, 'eventInfo').includes('IP: 198.51.100.'));
      return tally(guesses.map((row) => text(row, 'user')));
    },
  },
  {
    name: 'the logons of each country, failed ones too',
    workbook,
    tile: 'logons-by-country',
    shown: column('Logons', 'Country'),
    counted: () => {
      const addresses = events()
        .filter((row) => isFailure(row) || isSuccess(row))
        .map((row) => /IP: ([0-9a-f.:]+)/.exec(text(row, 'eventInfo'))?.[1] ?? '');
      return tally(addresses.map((address) => simulatedGeo(address)?.country));
    },
  },
  {
    name: 'the changes of each administrator',
    workbook,
    tile: 'changes-by-administrator',
    shown: column('Changes', 'User'),
    counted: () =>
      tally(
        events()
          .filter(isChange)
          .map((row) => text(row, 'user')),
      ),
  },
  {
    name: 'what the attacker changed stands first, by its address',
    workbook,
    tile: 'policy-and-administrator-changes',
    shown: (rows) => tally(rows.slice(0, 5).map((row) => text(row, 'Source IP'))),
    counted: () => {
      const changes = events().filter((row) => isChange(row) && text(row, 'eventInfo').includes('IP: 198.51.100.'));
      return tally(changes.map((row) => /IP: ([0-9.]+)/.exec(text(row, 'eventInfo'))?.[1]));
    },
  },
  {
    name: 'each change in a row of its own',
    workbook,
    tile: 'policy-and-administrator-changes',
    shown: rowCount,
    counted: () => ({ rows: events().filter(isChange).length }),
  },
];
