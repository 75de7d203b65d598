import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { checkQuery } from '../../local/sentinel/content/check-query.ts';
import { evaluate } from '../../local/sentinel/kql/evaluate.ts';
import { analyze } from '../../local/sentinel/kql/language.ts';
import { alertGlobals } from './alert-globals.ts';
import { bicepFile, nodesOf, root } from './bicep-files.ts';

const module = bicepFile('bicep/modules/alerts.bicep');
const folder = join(root, 'bicep', 'alerts');
const queries = new Map(
  readdirSync(folder).map((name) => [name.replace('.kql', ''), readFileSync(join(folder, name), 'utf8')]),
);
const now = Date.parse('2026-11-22T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

interface Known {
  readonly connectors?: readonly string[];
  readonly rescheduled?: readonly string[];
  readonly deployed?: string;
  readonly rules?: readonly string[];
}

/** A query as it is deployed: what the deployment knows, in the place of the first paragraph. */
function deployed(
  name: string,
  { connectors: on = ['seg'], rescheduled = [], deployed: at = hoursAgo(100), rules = [] }: Known,
): string {
  const text = queries.get(name) ?? '';
  const [first = '', ...rest] = text.split('\n\n');
  const body = first.startsWith('let ') ? rest.join('\n\n') : text;
  return [
    `let connectors = dynamic(${JSON.stringify(on)});`,
    `let rescheduled = dynamic(${JSON.stringify(rescheduled)});`,
    `let deployed = datetime(${at});`,
    `let rules = dynamic(${JSON.stringify(rules)});`,
    '',
    body,
  ].join('\n');
}

/** The rows that an alert is raised for, as objects. */
function found(
  name: string,
  known: Known,
  tables: Readonly<Record<string, readonly JsonObject[]>>,
): Record<string, unknown>[] {
  const rows = (table: string) =>
    (tables[table] ?? []).map((row) => {
      const timeGenerated = Date.parse(textOf(row['TimeGenerated']));
      return { timeGenerated, arrival: timeGenerated, row };
    });
  const answer = evaluate(analyze(deployed(name, known), alertGlobals), { rows, nowMs: now });
  return answer.rows.map((row) => Object.fromEntries(answer.columns.map((column, i) => [column.name, row[i]])));
}

/** A Health row that ended so many hours ago. */
function health(Connector: string, Feed: string, hours: number, more: JsonObject = {}): JsonObject {
  const Ended = hoursAgo(hours);
  return { TimeGenerated: Ended, Ended, Connector, Feed, CaughtUp: true, Fault: '', Message: '', ...more };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const feedsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => textOf(row['Feed'])).toSorted();

describe.each([...queries])('the query of the alert %s', (name, text) => {
  it('binds, as it stands and as it is deployed', () => {
    expect(checkQuery(text, alertGlobals)).toEqual([]);
    expect(checkQuery(deployed(name, {}), alertGlobals)).toEqual([]);
  });

  it('gets everything that its first paragraph stands for', () => {
    const [first = ''] = text.split('\n\n');
    const stands = first.startsWith('let ') ? [...first.matchAll(/^let (\w+) = /gm)].map(([, each]) => each) : [];
    expect(['connectors', 'rescheduled', 'deployed', 'rules']).toEqual(expect.arrayContaining(stands));
    const [, known = ''] = /var known = '(.*)'/.exec(module.text) ?? [];
    expect([...known.matchAll(/let (\w+) = /g)].map(([, each]) => each)).toEqual([
      'connectors',
      'rescheduled',
      'deployed',
      'rules',
    ]);
  });

  it('is deployed once, with columns to tell its alerts apart and a fix', () => {
    const [alert] = nodesOf(module.tree, 'object').filter((node) => node.text.startsWith(`{\n    name: '${name}'`));
    expect(alert?.text).toContain(`loadTextContent('../alerts/${name}.kql')`);
    expect(alert?.text).toMatch(/description: '.* Fix( by Fault)?[:,] ?.*'/);
    const [, split = ''] = /split: \[(.*)\]/.exec(alert?.text ?? '') ?? [];
    const columns = analyze(text, alertGlobals).columns.map((column) => column.name);
    for (const column of split.match(/\w+/g) ?? []) expect(columns).toContain(column);
  });
});

describe('silence', () => {
  it('knows every feed of every connector', () => {
    const [, rows = ''] = /\[([^\]]*)\];\nlet runs/.exec(queries.get('silence') ?? '') ?? [];
    const named = [...rows.matchAll(/'(\w+)', '(\w+)', /g)].map(([, connector, feed]) => [connector, feed]);
    expect(named).toEqual(connectors.flatMap(({ name, feeds }) => feeds.map((feed) => [name, feed.name])));
  });

  it('is told of a feed that stopped, and not of its neighbour', () => {
    const rows = [health('Seg', 'SegCg', 0.1), health('Seg', 'SegDlp', 3)];
    expect(feedsOf(found('silence', {}, { Mimecast_Health_CL: rows }))).toEqual(['SegDlp']);
  });

  it('is told of feeds that never wrote a row, once an hour has passed since the deployment', () => {
    expect(feedsOf(found('silence', { deployed: hoursAgo(0.5) }, {}))).toEqual([]);
    expect(feedsOf(found('silence', { deployed: hoursAgo(2) }, {}))).toEqual(['SegCg', 'SegDlp']);
  });

  it('is told of a feed whose last row is older than what the query reads', () => {
    const rows = [health('Seg', 'SegCg', 72), health('Seg', 'SegDlp', 0.1)];
    expect(feedsOf(found('silence', {}, { Mimecast_Health_CL: rows }))).toEqual(['SegCg']);
  });

  it('is not told of connectors that are off, nor of a feed that fails: it is not silent', () => {
    const rows = [
      health('Seg', 'SegCg', 0.1, { CaughtUp: false, Fault: 'denied', Message: 'app_forbidden' }),
      health('Seg', 'SegDlp', 0.1),
      health('Audit', 'Audit', 30),
    ];
    expect(found('silence', {}, { Mimecast_Health_CL: rows })).toEqual([]);
  });

  it('waits for snapshots, and a day where the schedule is the customer’s own', () => {
    const rows = ['Details', 'SafeScore', 'x'].map((_, i) =>
      health('Awareness', ['AwarenessUserData', 'AwarenessSafeScoreDetails', 'AwarenessWatchlistDetails'][i] ?? '', 7),
    );
    const awareness = [...rows, health('Awareness', 'AwarenessPerformanceDetails', 14)];
    expect(feedsOf(found('silence', { connectors: ['awareness'] }, { Mimecast_Health_CL: awareness }))).toEqual([
      'AwarenessPerformanceDetails',
    ]);
    const daily = [health('Audit', 'Audit', 20)];
    expect(feedsOf(found('silence', { connectors: ['audit'] }, { Mimecast_Health_CL: daily }))).toEqual(['Audit']);
    expect(found('silence', { connectors: ['audit'], rescheduled: ['audit'] }, { Mimecast_Health_CL: daily })).toEqual(
      [],
    );
  });
});

describe('lag', () => {
  const behind = { CaughtUp: false, Fault: 'throttled', Message: 'wait' };

  it('is told of a feed that has not caught up for three hours, and why', () => {
    const rows = [
      health('Seg', 'SegCg', 4),
      health('Seg', 'SegCg', 2, behind),
      health('Seg', 'SegCg', 0.1, behind),
      health('Seg', 'SegDlp', 0.1),
    ];
    expect(found('lag', {}, { Mimecast_Health_CL: rows })).toMatchObject([
      { Feed: 'SegCg', Fault: 'throttled', Message: 'wait' },
    ]);
  });

  it('is told of a feed that never caught up, and of one that only ran into its deadline', () => {
    const rows = [5, 3, 0.1].map((hours) => health('Seg', 'SegCg', hours, { CaughtUp: false }));
    expect(found('lag', {}, { Mimecast_Health_CL: rows })).toMatchObject([{ Feed: 'SegCg', Fault: 'deadline' }]);
  });

  it('is not told before that, of one that has caught up again, of one that is off or not licensed', () => {
    const rows = [
      ...[2, 0.1].map((hours) => health('Seg', 'SegDlp', hours, behind)),
      health('Seg', 'SegCg', 4, behind),
      health('Seg', 'SegCg', 0.1),
      ...[5, 0.1].map((hours) => health('Audit', 'Audit', hours, behind)),
      ...[5, 0.1].map((hours) =>
        health('Ttp', 'TtpUrl', hours, {
          CaughtUp: false,
          Fault: 'denied',
          Message: '/api/x is forbidden (403 app_forbidden).',
        }),
      ),
    ];
    expect(found('lag', { connectors: ['seg', 'ttp'] }, { Mimecast_Health_CL: rows })).toEqual([]);
  });

  it('is told of a right that lacks', () => {
    const denied = { CaughtUp: false, Fault: 'denied', Message: 'The token is refused.' };
    const rows = [5, 0.1].map((hours) => health('Ttp', 'TtpUrl', hours, denied));
    expect(feedsOf(found('lag', { connectors: ['ttp'] }, { Mimecast_Health_CL: rows }))).toEqual(['TtpUrl']);
  });
});

describe('rejected and dropped', () => {
  it('count what came in the last two hours, each event once', () => {
    const row = (EventId: string, hours: number) => ({
      TimeGenerated: hoursAgo(hours),
      EventId,
      Feed: 'SegCg',
      Reason: 'the line is not JSON',
      Source: 'file 1',
    });
    const rows = [row('a', 1), row('a', 1), row('b', 0.5), row('c', 3)];
    expect(found('rejected', {}, { Mimecast_Rejected_CL: rows })).toMatchObject([
      { Feed: 'SegCg', Rows: 2n, Example: 'file 1' },
    ]);
    expect(found('rejected', {}, {})).toEqual([]);
  });

  it('are told of errors of our own data collection rules only', () => {
    const error = (_ResourceId: string) => ({
      TimeGenerated: hoursAgo(1),
      _ResourceId,
      InputStreamId: 'Custom-Seg_Cg_CL',
      OperationName: 'Ingestion',
      Message: 'why',
    });
    const rows = { DCRLogErrors: [error('/subscriptions/s/dcr-1'), error('/subscriptions/s/other')] };
    expect(found('dropped', { rules: ['/subscriptions/S/DCR-1'] }, rows)).toMatchObject([
      { Stream: 'Custom-Seg_Cg_CL', Errors: 1n, Example: 'why' },
    ]);
  });
});
