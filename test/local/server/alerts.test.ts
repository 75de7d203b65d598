import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAlertBook } from '../../../local/sentinel/rules/alert-book.ts';
import { recordOf } from '../../../local/sentinel/rules/alert-record.ts';
import { openStore } from '../../../local/sentinel/store.ts';
import { alertOf, alertsOf } from '../../../local/server/alerts.ts';
import { raisedBy, resultOf, ruleWith, scheduledAt } from '../sentinel/rules/rule.ts';

const store = openStore(':memory:');
const book = openAlertBook(store, [ruleWith()]);
const progress = () => ({ evaluatedUntil: scheduledAt, isCurrent: true, faults: [] });
const guide = { meaning: 'Somebody clicked.', steps: ['Ask.', 'Reset.', 'Block.'], points: [] };

beforeAll(() => {
  const raised = [
    ...raisedBy({}, resultOf({ User: 'anna@contoso.example' })),
    ...raisedBy({}, resultOf({ User: 'bert@contoso.example' }), scheduledAt + 3_600_000),
  ];
  book.add(raised.map(recordOf));
});
afterAll(() => store.close());

test('the list has the newest alert first, each with its incident', () => {
  const { alerts, incidents, progress: told } = alertsOf({ ...book, progress });
  expect(alerts).toMatchObject([
    { ruleName: 'A rule', severity: 'Medium', status: 'New', incident: 2, entities: [{ type: 'Mailbox' }] },
    { incident: 1, entities: [{ identifiers: { MailboxPrimaryAddress: 'anna@contoso.example' } }] },
  ]);
  expect(incidents).toMatchObject([
    { number: 2, ruleName: 'A rule', alertIds: [alerts[0]?.id] },
    { number: 1, ruleName: 'A rule', alertIds: [alerts[1]?.id] },
  ]);
  expect(told.evaluatedUntil).toBe(scheduledAt);
  expect(JSON.stringify(alerts)).not.toContain('Seg_Cg_CL');
});

test('an alert in full has its query, its rows and the guide of its rule', () => {
  const [first] = book.list();
  const guides = new Map([['A rule', guide]]);
  expect(alertOf(book, guides, first?.id ?? '')).toMatchObject({
    query: 'Seg_Cg_CL',
    columns: [{ name: 'User', type: 'string' }],
    rows: [['anna@contoso.example']],
    incident: 1,
    guide,
  });
  expect(alertOf(book, new Map(), first?.id ?? '')?.guide).toBeUndefined();
  expect(alertOf(book, guides, 'another')).toBeUndefined();
});
