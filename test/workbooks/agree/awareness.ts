import type { JsonObject } from '../../../functions/tables/json.ts';
import { chosenSpan, rowsIn, rowsOf, spanBefore } from '../simulated.ts';
import type { Span } from '../tiles.ts';
import { type Agreement, column, type Counts, rowCount, tally, text } from './case.ts';

const workbook = 'Mimecast_Awareness_Training_Workbook.json';
const scores = 'Awareness_SafeScore_Details_CL';
const tests = 'Awareness_User_Data_CL';

function badClicks(span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Ttp_Url_CL', span).filter(
    (row) => text(row, 'scanResult') === 'malicious' && text(row, 'creationMethod') === 'User Click',
  );
}

function isLetThrough(row: JsonObject): boolean {
  const isOver = text(row, 'userOverride') === 'Allow' || text(row, 'userAwarenessAction') === 'Continue';
  return text(row, 'action') === 'allow' || (text(row, 'action') === 'warn' && isOver);
}

function isIn({ from, to }: Span, value: unknown): boolean {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return time >= from && time <= to;
}

function hasClicked(row: JsonObject): boolean {
  return ['CLICKED', 'SUBMITTED'].includes(text(row, 'status'));
}

function totals(span: Span): Counts {
  const clicks = badClicks(span);
  return {
    'Clicks on malicious links': clicks.length,
    'Clicks let through': clicks.filter(isLetThrough).length,
    'Users who clicked': new Set(clicks.map((row) => text(row, 'userEmailAddress'))).size,
    'Clicks in phishing tests': rowsOf(tests).filter((row) => isIn(span, row['timeClicked'])).length,
    'Tests reported': rowsOf(tests).filter((row) => isIn(span, row['timeReported'])).length,
  };
}

/** The numbers that are not nought. */
function some(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

const gradeTiles = [
  ['by-risk', 'risk', 'Risk'],
  ['by-human-error', 'humanError', 'Human Error'],
  ['by-sentiment', 'sentiment', 'Sentiment'],
  ['by-engagement', 'engagement', 'Engagement'],
  ['by-knowledge', 'knowledge', 'Knowledge'],
] as const;

const ofGrades = gradeTiles.map(([tile, field, shown]): Agreement => ({
  name: `the users of each grade of ${shown}`,
  workbook,
  tile,
  shown: column('Users', shown),
  counted: () => tally(rowsOf(scores).map((row) => text(row, field))),
}));

const filtered = (
  [
    ['safe-scores-overview', scores, 'emailAddress'],
    ['performance-overview', 'Awareness_Performance_Details_CL', 'email'],
    ['user-stats-overview', tests, 'email'],
    ['watchlist-overview', 'Awareness_Watchlist_Details_CL', 'email'],
  ] as const
).map(([tile, table, field]): Agreement => ({
  name: 'only the user whom the filter names',
  workbook,
  tile,
  chosen: { Email: 'felix.nowak@larkfield.example' },
  shown: rowCount,
  counted: () => ({
    rows: rowsOf(table).filter((row) => text(row, field) === 'felix.nowak@larkfield.example').length,
  }),
}));

/** What the awareness workbook counts. */
export const awarenessAgreements: readonly Agreement[] = [
  ...ofGrades,
  ...filtered,
  {
    name: 'the totals of the chosen time',
    workbook,
    tile: 'click-totals',
    shown: column('Count', 'Total'),
    counted: () => totals(chosenSpan),
  },
  {
    name: 'the totals of the period before',
    workbook,
    tile: 'click-totals',
    shown: column('Before', 'Total'),
    counted: () => totals(spanBefore),
  },
  {
    name: 'the malicious links that each user clicked on',
    workbook,
    tile: 'human-risk-by-user',
    shown: (rows) => some(column('Malicious clicks', 'User')(rows)),
    counted: () => tally(badClicks().map((row) => text(row, 'userEmailAddress'))),
  },
  {
    name: 'those that each user was let through to',
    workbook,
    tile: 'human-risk-by-user',
    shown: (rows) => some(column('Let through', 'User')(rows)),
    counted: () =>
      tally(
        badClicks()
          .filter(isLetThrough)
          .map((row) => text(row, 'userEmailAddress')),
      ),
  },
  {
    name: 'the tests that each user clicked in',
    workbook,
    tile: 'human-risk-by-user',
    shown: (rows) => some(column('Tests clicked', 'User')(rows)),
    counted: () =>
      tally(
        rowsOf(tests)
          .filter(hasClicked)
          .map((row) => text(row, 'email')),
      ),
  },
  {
    name: 'the users who clicked in each campaign',
    workbook,
    tile: 'outcome-of-campaigns',
    shown: column('Clicked', 'Template Name'),
    counted: () =>
      tally(
        rowsOf(tests)
          .filter(hasClicked)
          .map((row) => text(row, 'templateName')),
      ),
  },
  {
    name: 'the users of one template, once it is picked',
    workbook,
    tile: 'campaigns-sent',
    chosen: { Template_Name: 'Password expires' },
    shown: column('Users', 'Campaigns sent'),
    counted: () =>
      tally(
        rowsOf(tests)
          .filter((row) => text(row, 'templateName') === 'Password expires')
          .map((row) => text(row, 'numCampaignsSent')),
      ),
  },
];
