import { mimecastHealth } from '../../functions/tables/mimecast-health.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { readContent } from '../../local/sentinel/content/read-files.ts';
import { watchlistRows } from '../../local/sentinel/content/watchlists.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import { keepCalls } from '../../local/sentinel/kql/kept-calls.ts';
import { keepTable, type KeptTable } from '../../local/sentinel/kql/kept-table.ts';
import type { SourceRow } from '../../local/sentinel/kql/scope.ts';
import type { QueryAnswer, QueryRequest } from '../../local/sentinel/query/query.ts';
import { queryRunner } from '../../local/sentinel/query/run-query.ts';
import { simulatedGeo } from '../../local/sentinel/query/simulated-geo.ts';
import { cellText } from '../../local/sentinel/workbook/exports.ts';
import { storyRows } from '../../local/story-rows.ts';

const hourMs = 3_600_000;

/** A simulated company as the page shows it after a while: its story, runs of the connector with faults among them, alerts. */
export interface Company {
  readonly nowMs: number;
  readonly ask: (request: QueryRequest) => QueryAnswer;
}

/** Prepares the company. */
export function wholeCompany(users: number): Company {
  const nowMs = Date.parse('2026-11-20T12:05:00Z');
  const { parsers, watchlists, rules } = readContent();
  const stored = storyRows({ seed: 1, now: nowMs, days: 14, users, quiet: false });
  const people = stored.get('Awareness_SafeScore_Details_CL') ?? [];
  const tables = new Map<string, KeptTable>();
  const add = (name: string, rows: Iterable<SourceRow>): void => {
    const table = tables.get(name) ?? keepTable();
    tables.set(name, table);
    table.add(rows);
  };
  for (const [name, rows] of stored) add(name, rows);
  add(mimecastHealth.name, runsBefore(nowMs));
  add(mimecastRejected.name, rejectedBefore(nowMs));
  add('Watchlist', watchlistRows(watchlists, nowMs));
  const alerts = people.map((person, index) => {
    const name = rules[index % rules.length]?.name ?? '';
    return alertOn(cellText(person.row['emailAddress']), name, nowMs - (index + 1) * hourMs);
  });
  add('SecurityAlert', alerts);
  const run = queryRunner(workspace(parsers, watchlists));
  const calls = keepCalls();
  const geoInfo = (address: string) => ({ ...simulatedGeo(address) });
  const kept = (name: string) => tables.get(name);
  return { nowMs, ask: (request) => run(request, { rows: () => [], kept, calls, nowMs, geoInfo }) };
}

/** An alert on somebody, as Sentinel writes it for a scheduled rule. */
function alertOn(address: string, rule: string, at: number): SourceRow {
  const [name = '', domain = ''] = address.split('@');
  const cells = {
    AlertName: rule,
    AlertSeverity: 'Medium',
    Description: `Something happened to ${address}.`,
    Entities: JSON.stringify([{ $id: '2', Name: name, UPNSuffix: domain, Type: 'account' }]),
    ExtendedProperties: JSON.stringify({ 'Analytic Rule Name': rule }),
    ProviderName: 'ASI Scheduled Alerts',
    Status: 'New',
    SystemAlertId: `alert ${at}`,
    Tactics: 'InitialAccess',
  };
  return { timeGenerated: at, arrival: at, row: cells };
}

function row(at: number, cells: JsonObject): SourceRow {
  const time = new Date(at).toISOString();
  const id = `${JSON.stringify(cells)} ${time}`;
  return { timeGenerated: at, arrival: at, row: { ...cells, EventId: id, EventTime: time, Account: 'mimecast' } };
}

/** Runs of every feed, a few of which did not end well. */
function runsBefore(nowMs: number): SourceRow[] {
  return feeds.flatMap(({ name }, place) =>
    [1, 6, 30, 55].map((hours, index) => {
      const ended = nowMs - hours * hourMs - place * 60_000;
      const isFault = (place + index) % 5 === 0;
      return row(ended, {
        RunId: `run ${ended}`,
        Connector: 'Any',
        Feed: name,
        Started: new Date(ended - 20_000).toISOString(),
        Ended: new Date(ended).toISOString(),
        EventsRead: 100,
        RowsSent: 90,
        RowsSkipped: 10,
        Bytes: 50_000,
        Rejected: 0,
        ThrottledMs: isFault ? 30_000 : 0,
        NewestEventTime: new Date(ended - 120_000).toISOString(),
        LagSeconds: 120,
        CaughtUp: !isFault,
        Fault: isFault ? 'unavailable' : '',
        Message: isFault ? 'Mimecast keeps 7 days: events between a and b can no longer be read.' : '',
        AppVersion: '1.0.0',
      });
    }),
  );
}

function rejectedBefore(nowMs: number): SourceRow[] {
  const line = { Feed: 'SegCg', Reason: 'the line is not JSON', Source: 'file 1, line 7', RawText: '{"aggregateId' };
  return [1, 5, 40].map((hours) => row(nowMs - hours * hourMs, line));
}
