import { expect, test } from 'vitest';
import { openAlertBook } from '../../../../local/sentinel/rules/alert-book.ts';
import { recordOf } from '../../../../local/sentinel/rules/alert-record.ts';
import { openStore } from '../../../../local/sentinel/store.ts';
import { raisedBy, resultOf, ruleWith } from './rule.ts';

test('an alert is added once, also to a book that is opened again', () => {
  const store = openStore(':memory:');
  const book = openAlertBook(store, [ruleWith()]);
  const alerts = raisedBy({}, resultOf({ User: 'anna' }, { User: 'bert' })).map(recordOf);
  expect(book.add(alerts.slice(0, 1))).toEqual(alerts.slice(0, 1));
  expect(book.add(alerts)).toEqual(alerts.slice(1));
  const again = openAlertBook(store, [ruleWith()]);
  expect(again.add(alerts)).toEqual([]);
  for (const each of [book, again]) {
    expect(each.list()).toEqual(alerts);
    expect(each.find(alerts[1]?.id ?? '')).toEqual(alerts[1]);
    expect(each.incidents().map(({ alertIds }) => alertIds)).toEqual(alerts.map(({ id }) => [id]));
  }
  expect([store.count('SecurityAlert'), store.count('SecurityIncident')]).toEqual([2, 2]);
  store.close();
});

test('an alert keeps a hundred rows of its result, and how many there were', () => {
  const people = Array.from({ length: 101 }, (_, index) => ({ User: `user${index}` }));
  const [alert] = raisedBy({ eventGroupingSettings: { aggregationKind: 'SingleAlert' } }, resultOf(...people));
  const record = alert && recordOf(alert);
  expect([record?.rows.length, record?.rowCount, record?.columns]).toEqual([
    100,
    101,
    [{ name: 'User', type: 'string' }],
  ]);
});
