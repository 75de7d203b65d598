import type { AlertAnswer, AlertsAnswer } from '../server/alerts.ts';
import type { HistoryAnswer, Span, TimeKind } from '../server/history.ts';
import type { Overview } from '../server/overview.ts';
import type { Assistance, AssistanceRequest } from '../sentinel/query/assistance.ts';
import type { QueryAnswer, QueryRequest } from '../sentinel/query/query.ts';
import type { QuerySource } from '../sentinel/query/sources.ts';
import type { ShownRow } from '../server/row-reader.ts';

/** A page of rows, the newest first. */
export interface RowsAnswer {
  readonly rows: readonly ShownRow[];
  readonly isMore: boolean;
}

/** A row in full, with the types of its table's columns. */
export interface RowAnswer extends ShownRow {
  readonly columns: Readonly<Record<string, string>>;
}

/** Reads a page of rows that hold `search`, behind the row `after` if there is one. @throws Error in plain words */
export async function readRows(table: string, search: string, after: ShownRow | undefined): Promise<RowsAnswer> {
  const query = new URLSearchParams({ table, search });
  if (after) {
    query.set('afterTime', String(after.timeGenerated));
    query.set('afterId', String(after.id));
  }
  return answerOf(await fetch(`/api/rows?${query.toString()}`));
}

/** Reads one row in full. @throws Error in plain words */
export async function readRow(table: string, id: number): Promise<RowAnswer> {
  return answerOf(await fetch(`/api/row?${new URLSearchParams({ table, id: String(id) }).toString()}`));
}

/** Reads rows per table over time. @throws Error in plain words */
export async function readHistory(time: TimeKind, span: Span): Promise<HistoryAnswer> {
  return answerOf(await fetch(`/api/history?${new URLSearchParams({ time, span }).toString()}`));
}

/** Reads the names of the workbooks. @throws Error in plain words */
export async function readWorkbooks(): Promise<readonly string[]> {
  return answerOf(await fetch('/api/workbooks'));
}

/** Reads the JSON text of a workbook. @throws Error in plain words */
export async function readWorkbookText(name: string): Promise<string> {
  const response = await fetch(`/api/workbook?${new URLSearchParams({ name }).toString()}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`There is no workbook ${name}.`);
  return text;
}

/** Asks what may stand at the caret of a query, and what is wrong with it. @throws Error, or when `signal` is aborted */
export async function askAssistance(request: AssistanceRequest, signal: AbortSignal): Promise<Assistance> {
  const headers = { 'Content-Type': 'application/json' };
  return answerOf(await fetch('/api/assistance', { method: 'POST', headers, body: JSON.stringify(request), signal }));
}

/** Reads all alerts and incidents. @throws Error in plain words */
export async function readAlerts(): Promise<AlertsAnswer> {
  return answerOf(await fetch('/api/alerts'));
}

/** Reads an alert in full. @throws Error in plain words */
export async function readAlert(id: string): Promise<AlertAnswer> {
  return answerOf(await fetch(`/api/alert?${new URLSearchParams({ id }).toString()}`));
}

/** Reads the parsers and tables that queries can read. @throws Error in plain words */
export async function readSources(): Promise<readonly QuerySource[]> {
  return answerOf(await fetch('/api/sources'));
}

/** Asks a query; what is wrong with it is an answer too. @throws Error in plain words, or when `signal` is aborted */
export async function askQuery(request: QueryRequest, signal: AbortSignal): Promise<QueryAnswer> {
  const headers = { 'Content-Type': 'application/json' };
  return answerOf(await fetch('/api/query', { method: 'POST', headers, body: JSON.stringify(request), signal }));
}

/** Runs a connector now. @throws Error in plain words */
export async function runConnector(connector: string): Promise<void> {
  await post('/api/run', { connector });
}

/** Switches a trouble on or off. @throws Error in plain words */
export async function setSwitch(name: string, isOn: boolean): Promise<void> {
  await post('/api/switch', { name, isOn });
}

/** Hears the overview now and at every change, and whether the program behind the page is there. @returns what ends it */
export function followOverview(onOverview: (overview: Overview) => void, onReach: (isThere: boolean) => void) {
  const stream = new EventSource('/api/stream');
  stream.onmessage = ({ data }) => {
    onReach(true);
    onOverview(JSON.parse(String(data)));
  };
  stream.onerror = () => onReach(false);
  return () => stream.close();
}

async function post(path: string, body: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  await answerOf(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function answerOf<T>(response: Response): Promise<T> {
  const answer = JSON.parse(await response.text());
  if (!response.ok) throw new Error(String(answer.error));
  return answer;
}
