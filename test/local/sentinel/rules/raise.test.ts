import { describe, expect, test } from 'vitest';
import { entityText } from '../../../../local/sentinel/rules/entities.ts';
import { raisedBy, resultOf, scheduledAt } from './rule.ts';

const people = (count: number) => resultOf(...Array.from({ length: count }, (_, index) => ({ User: `user${index}` })));
const single = { eventGroupingSettings: { aggregationKind: 'SingleAlert' } };

describe('the threshold', () => {
  test.each([
    ['gt', [0, 0, 1]],
    ['lt', [1, 0, 0]],
    ['eq', [0, 1, 0]],
    ['ne', [1, 0, 1]],
  ])('%s 1 is passed by so many rows', (triggerOperator, expected) => {
    const changes = { ...single, triggerOperator, triggerThreshold: 1 };
    expect([0, 1, 2].map((rows) => raisedBy(changes, people(rows)).length)).toEqual(expected);
  });
});

describe('event grouping', () => {
  test('makes an alert of all rows, or one of each', () => {
    const [alert, ...more] = raisedBy(single, people(3));
    expect([alert?.result.rows.length, more]).toEqual([3, []]);
    expect(raisedBy({}, people(3)).map(({ result }) => result.rows)).toEqual([[['user0']], [['user1']], [['user2']]]);
  });

  test('makes 150 alerts at most, the last of which stands for all rows', () => {
    expect(raisedBy({}, people(150)).map(({ result }) => result.rows.length)).toEqual(Array(150).fill(1));
    const alerts = raisedBy({}, people(151));
    expect(alerts).toHaveLength(150);
    expect(alerts.map(({ result }) => result.rows.length)).toEqual([...Array(149).fill(1), 151]);
  });

  test('gives each alert an id that is the same whenever the run is repeated', () => {
    const ids = (at: number) => raisedBy({}, people(2), at).map(({ id }) => id);
    expect(ids(scheduledAt)).toEqual(ids(scheduledAt));
    expect(new Set([...ids(scheduledAt), ...ids(scheduledAt + 1)]).size).toBe(4);
    expect(ids(scheduledAt)[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('entities', () => {
  const account = {
    entityType: 'Account',
    fieldMappings: [
      { identifier: 'Name', columnName: 'Name' },
      { identifier: 'UPNSuffix', columnName: 'Domain' },
    ],
  };
  const address = { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Ip' }] };
  const texts = (...rows: Readonly<Record<string, string>>[]) =>
    raisedBy({ ...single, entityMappings: [account, address] }, resultOf(...rows)).map(({ entities }) =>
      entities.map(entityText),
    );

  test('are those of all rows, each once', () => {
    expect(
      texts({ Name: 'anna', Domain: 'a.example', Ip: '::1' }, { Name: 'anna', Domain: 'a.example', Ip: '' }),
    ).toEqual([['Account: Name anna, UPNSuffix a.example', 'IP: Address ::1']]);
  });

  test('leave out what is empty or blank', () => {
    expect(texts({ Name: 'anna', Domain: ' ', Ip: ' ' })).toEqual([['Account: Name anna']]);
  });

  test('are 500 at most', () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ Name: `${index}` }));
    expect(texts(...many)[0]).toHaveLength(500);
  });
});

describe('the details of an alert', () => {
  const alertDetailsOverride = {
    alertDisplayNameFormat: 'Click of {{User}} on {{Host}}',
    alertDescriptionFormat: 'Seen {{Count}} times',
    alertSeverityColumnName: 'Level',
    alertTacticsColumnName: 'Aim',
    alertDynamicProperties: [{ alertProperty: 'ConfidenceLevel', value: 'Sure' }],
  };
  const raised = (row: Readonly<Record<string, string>>) => raisedBy({ alertDetailsOverride }, resultOf(row))[0];

  test('come from the columns of its first row', () => {
    const row = { User: 'anna', Host: '$&.example', Count: '3', Level: 'High', Aim: '["Impact"]', Sure: 'High' };
    expect(raised(row)).toMatchObject({
      name: 'Click of anna on $&.example',
      description: 'Seen 3 times',
      severity: 'High',
      tactics: ['Impact'],
      dynamicProperties: { ConfidenceLevel: 'High' },
      from: scheduledAt - 86_400_000,
      to: scheduledAt,
    });
  });

  test('are those of the rule where a column says nothing, or nothing that is known', () => {
    expect(raised({ User: 'anna', Host: '', Count: '', Level: 'Grave', Aim: '', Sure: '' })).toMatchObject({
      name: 'A rule',
      description: 'What it is for.',
      severity: 'Medium',
      tactics: ['InitialAccess'],
      dynamicProperties: {},
    });
  });

  test('are cut where Sentinel cuts them', () => {
    const long = raised({ User: 'a'.repeat(300), Host: 'b', Count: 'c'.repeat(6000), Level: 'Low' });
    expect([long?.name.length, long?.description.length]).toEqual([256, 5000]);
  });

  test('hold the different values of each custom detail', () => {
    const rows = resultOf({ User: 'anna', Subject: 'x' }, { User: 'bert', Subject: 'x' }, { User: '', Subject: '' });
    const [alert] = raisedBy(
      { ...single, customDetails: { People: 'User', Subjects: 'Subject', None: 'Absent' } },
      rows,
    );
    expect(alert?.customDetails).toEqual({ People: ['anna', 'bert'], Subjects: ['x'] });
  });
});
