import * as z from 'zod';
import { tables } from '../../functions/tables/index.ts';
import { allColumns } from '../../functions/tables/table.ts';
import { filesOf } from '../sentinel/content/read-files.ts';
import { assistanceRequest } from '../sentinel/query/assistance.ts';
import { queryRequest } from '../sentinel/query/query.ts';
import { ruleGuides } from '../sentinel/rules/rule-guide.ts';
import { alertOf, alertsOf } from './alerts.ts';
import type { LocalSentinel } from './local-sentinel.ts';

/** What an endpoint is asked: the parameters of its query, or its JSON body. */
type Asked = Readonly<Record<string, unknown>>;

/**
 * An answer in JSON, or JSON text in a Buffer; undefined when what was asked for is not there.
 * @param signal aborted when nobody waits for the answer any more
 * @throws ZodError when the question makes no sense
 */
type Endpoint = (sentinel: LocalSentinel, asked: Asked, signal: AbortSignal) => unknown;

const tableName = z.enum(tables.map(({ name }) => name));
const whole = z.coerce.number().int().nonnegative();
const rowsQuery = z.object({
  table: tableName,
  search: z.string().max(1000).default(''),
  afterTime: z.coerce.number().int().optional(),
  afterId: whole.optional(),
  limit: whole.min(1).max(200).default(25),
});
const historyQuery = z.object({ time: z.enum(['event', 'arrival']), span: z.enum(['hour', 'day', 'fortnight']) });

/** The endpoints of the page, by method and path; those that change something take POST. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /api/overview': (sentinel) => sentinel.overview(),
  'GET /api/history'(sentinel, asked) {
    const { time, span } = historyQuery.parse(asked);
    return sentinel.history.read(time, span, Date.now());
  },
  'GET /api/rows'(sentinel, asked) {
    const { table, search, afterTime, afterId, limit } = rowsQuery.parse(asked);
    const isAfter = afterTime !== undefined && afterId !== undefined;
    const after = isAfter ? { timeGenerated: afterTime, id: afterId } : undefined;
    const rows = sentinel.reader.list({ table, search, after, limit: limit + 1 });
    return { rows: rows.slice(0, limit), isMore: rows.length > limit };
  },
  'GET /api/row'(sentinel, asked) {
    const { table, id } = z.object({ table: tableName, id: whole }).parse(asked);
    const found = sentinel.reader.one(table, id);
    const columns = tables.find(({ name }) => name === table);
    return found && columns && { ...found, columns: allColumns(columns) };
  },
  'GET /api/workbooks'(sentinel) {
    sentinel.queries.warm();
    return sentinel.workbooks.list();
  },
  'GET /api/workbook'(sentinel, asked) {
    sentinel.queries.warm();
    const text = sentinel.workbooks.read(z.object({ name: z.string() }).parse(asked).name);
    return text === undefined ? undefined : Buffer.from(text);
  },
  async 'POST /api/query'(sentinel, asked, signal) {
    return Buffer.from(await sentinel.queries.ask(queryRequest.parse(asked), signal));
  },
  async 'POST /api/assistance'(sentinel, asked, signal) {
    return Buffer.from(await sentinel.queries.ask(assistanceRequest.parse(asked), signal));
  },
  async 'GET /api/sources'(sentinel, _asked, signal) {
    const answer = sentinel.queries.ask({ sources: true }, signal);
    sentinel.queries.warm();
    return Buffer.from(await answer);
  },
  'GET /api/alerts': ({ detection }) => alertsOf(detection),
  'GET /api/alert'({ detection }, asked) {
    const { id } = z.object({ id: z.string() }).parse(asked);
    const [page] = filesOf('docs', 'rules.md');
    return alertOf(detection, ruleGuides(page?.text ?? ''), id);
  },
  'POST /api/run'(sentinel, asked) {
    const { connector } = z.object({ connector: z.string() }).parse(asked);
    return sentinel.run(connector) ? {} : undefined;
  },
  async 'POST /api/switch'(sentinel, asked) {
    const { name, isOn } = z.object({ name: z.string(), isOn: z.boolean() }).parse(asked);
    return (await sentinel.switches.set(name, isOn)) ? {} : undefined;
  },
};
