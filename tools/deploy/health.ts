import * as z from 'zod';
import type { Json } from '../../functions/tables/json.ts';
import { withFile } from '../azure-cli/secret-file.ts';
import type { Az } from '../azure-cli/az.ts';
import type { Place } from './place.ts';

/** The latest Health row of a feed. */
export interface FeedHealth {
  readonly feed: string;
  readonly ended: string;
  readonly rowsSent: number;
  readonly fault: string;
  readonly message: string;
}

const answer = z.object({
  tables: z.array(
    z.object({ columns: z.array(z.object({ name: z.string() })), rows: z.array(z.array(z.custom<Json>())) }),
  ),
});
const hosts = { public: 'https://api.loganalytics.io', usgov: 'https://api.loganalytics.us' } as const;

/** Asks the workspace a query. @returns its rows, each by column name */
async function query(place: Place, kql: string, az: Az): Promise<readonly Readonly<Record<string, Json>>[]> {
  const host = hosts[place.cloud];
  const url = `${host}/v1/workspaces/${place.workspace.customerId}/query`;
  const body = JSON.stringify({ query: kql });
  const said = await withFile('query.json', body, (path) =>
    az('rest', { method: 'post', url, resource: host, body: `@${path}` }),
  );
  const [table] = answer.parse(said).tables;
  if (!table) return [];
  return table.rows.map((cells) =>
    Object.fromEntries(table.columns.map(({ name }, index) => [name, cells[index] ?? null] as const)),
  );
}

/** The latest Health row of each feed since a time. @param since epoch milliseconds */
export async function readHealth(place: Place, since: number, az: Az): Promise<readonly FeedHealth[]> {
  const kql = [
    'Mimecast_Health_CL',
    `| where TimeGenerated >= datetime(${new Date(since).toISOString()})`,
    '| summarize RowsSent = sum(RowsSent), arg_max(Ended, Fault, Message) by Feed',
    '| project Feed, Ended, RowsSent, Fault, Message',
  ].join('\n');
  const rows = await query(place, kql, az);
  return rows.map(({ Feed, Ended, RowsSent, Fault, Message }) => ({
    feed: textOf(Feed),
    ended: textOf(Ended),
    rowsSent: Number(RowsSent ?? 0),
    fault: textOf(Fault),
    message: textOf(Message),
  }));
}

function textOf(cell: Json | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

/** The newest exception of an app since a time, as Application Insights has it; undefined when there is none. */
export async function newestException(place: Place, app: string, since: number, az: Az): Promise<string | undefined> {
  const kql = [
    'union isfuzzy=true AppExceptions, (datatable(TimeGenerated:datetime, AppRoleName:string, OuterMessage:string)[])',
    `| where TimeGenerated >= datetime(${new Date(since).toISOString()}) and AppRoleName =~ "${app}"`,
    '| top 1 by TimeGenerated desc | project OuterMessage',
  ].join('\n');
  const [row] = await query(place, kql, az);
  return typeof row?.['OuterMessage'] === 'string' ? row['OuterMessage'] : undefined;
}
