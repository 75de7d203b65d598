import { describe, expect, test } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { parseNcrontab } from '../../functions/settings/ncrontab.ts';
import { readSchedules } from '../../functions/settings/schedule.ts';

describe('the schedule of a connector', () => {
  const schedules = (environment: Record<string, string>) =>
    readSchedules(environment, connectors).map(({ connector, schedule, problem }) => [
      connector.name,
      schedule,
      problem,
    ]);

  test('is its default when nothing is set', () => {
    expect(schedules({})).toEqual([
      ['Audit', '40 */10 * * * *', undefined],
      ['Seg', '0 */5 * * * *', undefined],
      ['Ttp', '10 */10 * * * *', undefined],
      ['Awareness', '50 15 */6 * * *', undefined],
      ['CloudIntegrated', '20 */5 * * * *', undefined],
    ]);
  });

  test('is what its own setting says', () => {
    const set = {
      AUDIT_SCHEDULE: '1 0 * * * *',
      SEG_SCHEDULE: ' 2 0 * * * * ',
      TTP_SCHEDULE: '3 0 * * * *',
      AWARENESS_SCHEDULE: '4 0 * * * *',
      CLOUD_INTEGRATED_SCHEDULE: '5 0 * * * *',
    };
    expect(schedules(set).map(([, schedule]) => schedule)).toEqual(
      ['1', '2', '3', '4', '5'].map((second) => `${second} 0 * * * *`),
    );
  });

  test.each([
    [
      'malformed',
      '*/5 * * * *',
      'SEG_SCHEDULE is malformed (it has 5 of the six fields): set it to six NCRONTAB fields',
    ],
    ['a TimeSpan', '00:05:00', 'SEG_SCHEDULE is malformed (it has 1 of the six fields): set it to six NCRONTAB fields'],
    ['empty', '', 'SEG_SCHEDULE is blank: set it to six NCRONTAB fields'],
    ['blank', '  ', 'SEG_SCHEDULE is blank: set it to six NCRONTAB fields'],
  ])('stays the default with a problem that names the setting when it is %s', (_, value, problem) => {
    const [audit, seg] = schedules({ SEG_SCHEDULE: value });
    expect(seg).toEqual(['Seg', '0 */5 * * * *', expect.stringContaining(problem)]);
    expect(audit?.[2]).toBeUndefined();
  });
});

describe('an NCRONTAB expression', () => {
  test('fires at the values its fields name', () => {
    expect(parseNcrontab('0 5,10 8-10 1-31/15 */4 *')).toEqual([
      [0],
      [5, 10],
      [8, 9, 10],
      [1, 16, 31],
      [1, 5, 9],
      [0, 1, 2, 3, 4, 5, 6],
    ]);
  });

  test('steps from a single value to the end, and names each value once', () => {
    const [seconds, minutes] = parseNcrontab('50/4 1,1-2 * * * *');
    expect([seconds, minutes]).toEqual([
      [50, 54, 58],
      [1, 2],
    ]);
  });

  test.each([
    ['0 0 0 * JAN,dec Mon-fri', [1, 12], [1, 2, 3, 4, 5]],
    ['0 0 0 * September-Nov/2 sunday,SAT', [9, 11], [0, 6]],
  ])('takes the names of months and days in %s', (expression, months, weekdays) => {
    expect(parseNcrontab(expression).slice(4)).toEqual([months, weekdays]);
  });

  test.each([
    ['', 'it has 1 of the six fields'],
    ['* * * * * * *', 'it has 7 of the six fields'],
    ['60 * * * * *', 'the second 60 is not from 0 to 59'],
    ['* 60 * * * *', 'the minute 60 is not from 0 to 59'],
    ['* * 24 * * *', 'the hour 24 is not from 0 to 23'],
    ['* * * 0 * *', 'the day 0 is not from 1 to 31'],
    ['* * * 32 * *', 'the day 32 is not from 1 to 31'],
    ['* * * * 13 *', 'the month 13 is not from 1 to 12'],
    ['* * * * 0 *', 'the month 0 is not from 1 to 12'],
    ['* * * * * 7', 'the day of week 7 is not from 0 to 6'],
    ['* * * * * MO', 'the day of week MO is not from 0 to 6'],
    ['* * * * * JAN', 'the day of week JAN is not from 0 to 6'],
    ['* * JAN * * *', 'the hour JAN is not from 0 to 23'],
    ['* 0-60 * * * *', 'the minute 60 is not from 0 to 59'],
    ['* * 22-2 * * *', 'the hour range 22-2 runs backwards'],
    ['* */0 * * * *', 'the minute step 0 is not from 1 to 59'],
    ['* */90 * * * *', 'the minute step 90 is not from 1 to 59'],
    ['* 1, * * * *', 'the minute "" is neither'],
    ['* 1-2-3 * * * *', 'the minute "1-2-3" is neither'],
    ['* -1 * * * *', 'the minute "-1" is neither'],
    ['* 1/x * * * *', 'the minute "1/x" is neither'],
    ['* ? * * * *', 'the minute "?" is neither'],
    ['0 0 0 30 2 *', 'day 30 is in none of its months'],
    ['0 0 0 31 4,JUN *', 'day 31 is in none of its months'],
  ])('%s is refused, and the reason given', (expression, reason) => {
    expect(() => parseNcrontab(expression)).toThrow(reason);
    expect(() => parseNcrontab(expression)).toThrow(RangeError);
  });

  test('may name a day that only some of its months have', () => {
    expect(() => parseNcrontab('0 0 0 29-31 2 *')).not.toThrow();
  });
});
