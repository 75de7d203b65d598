import type { Clock } from '../../functions/collect/ports.ts';
import type { JsonObject } from '../../functions/tables/json.ts';
import type { Columns } from '../../functions/tables/table.ts';
import type { Tls } from '../azure/certificate.ts';
import type { Identity } from '../azure/identity.ts';
import { type Call, type Served, bearerOf, serve } from '../azure/server.ts';
import { type Loss, createLanding } from './landing.ts';
import { readPayload } from './payload.ts';
import { Refusal, answerOf, answerWith } from './refusal.ts';
import { type RowStore, openStore } from './store.ts';

/** Limits a trouble to the calls for one table. */
interface IngestionFilter {
  readonly table?: string | undefined;
}

/** One accepted call; `bytes` uncompressed, `compressedBytes` as received. */
interface Body {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly compressedBytes: number;
}

/** The Logs Ingestion API with its data collection rules, in front of the row store. */
export interface Ingestion extends Served<IngestionFilter> {
  /** The endpoint's URL on 127.0.0.1, or under a host name (`….ingest.monitor.azure.com`) that is mapped there. */
  endpoint(host?: string): string;
  readonly store: RowStore;
  /** The latest 10,000 accepted calls. */
  readonly bodies: readonly Body[];
  /** All accepted calls; `full` are those of 900,000 bytes and more. */
  readonly totals: { readonly bodies: number; readonly rows: number; readonly bytes: number; readonly full: number };
  /** Cells whose column the stream does not declare. */
  readonly droppedColumns: number;
  /** Cells that did not convert to their column's type. */
  readonly nulledCells: number;
  /** Cells cut at 64 KB. */
  readonly truncatedCells: number;
  /** The same, by table and column. */
  losses(): readonly Loss[];
}

interface Options {
  readonly tls: Tls;
  readonly identity: Identity;
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /** The data collection rules: immutable id, and the tables that each has a stream for. */
  readonly rules: readonly { readonly id: string; readonly tables: readonly string[] }[];
  /** All columns of a table, the common ones included. */
  readonly columns: (table: string) => Columns;
  /** Where rows land; without it in memory, until `close`. */
  readonly store?: RowStore | undefined;
  /** When a row is to have arrived (epoch milliseconds), for a past that is simulated; undefined: now. */
  readonly arrival?: ((table: string, row: JsonObject) => number | undefined) | undefined;
  /** From then on (epoch milliseconds) arrivals are real, whatever `arrival` says. */
  readonly startedAt?: number | undefined;
  /** Whom tokens must be for; default the public cloud's `https://monitor.azure.com`. */
  readonly audience?: string | undefined;
}

const fullBytes = 900_000;
const keptBodies = 10_000;

/** Starts the endpoint: https on a free port. */
export async function startIngestion(options: Options): Promise<Ingestion> {
  const { tls, identity, clock = Date, rules, audience = 'https://monitor.azure.com' } = options;
  const store = options.store ?? openStore(':memory:');
  const landing = createLanding(options);
  const bodies: Body[] = [];
  const totals = { bodies: 0, rows: 0, bytes: 0, full: 0 };

  const count = (body: Body): void => {
    if (bodies.push(body) > keptBodies) bodies.shift();
    totals.bodies++;
    totals.rows += body.rows;
    totals.bytes += body.bytes;
    if (body.bytes >= fullBytes) totals.full++;
  };

  const accept = (call: Call): void => {
    const { rule, stream } = targetOf(call) ?? {};
    if (call.method !== 'POST' || rule === undefined) throw new Refusal(404, 'NotFound', 'The resource is not there.');
    if (!identity.accepts(bearerOf(call), audience)) {
      throw new Refusal(401, 'Unauthorized', 'The token is missing or not valid.');
    }
    if (call.url.searchParams.get('api-version') !== '2023-01-01') {
      throw new Refusal(400, 'InvalidApiVersion', 'The api-version is missing or not supported.');
    }
    const known = rules.find(({ id }) => id === rule);
    if (!known) throw new Refusal(404, 'NotFound', `Data collection rule with immutable Id '${rule}' not found.`);
    const table = known.tables.find((name) => `Custom-${name}` === stream);
    if (table === undefined) throw new Refusal(400, 'InvalidStream', `The rule has no stream '${stream}'.`);
    const { rows, bytes } = readPayload(call);
    store.insert(table, landing.land(table, rows, clock.now()));
    count({ table, rows: rows.length, bytes, compressedBytes: call.size });
  };

  const server = await serve<IngestionFilter>({
    tls,
    handle(call) {
      try {
        accept(call);
        return { status: 204 };
      } catch (error) {
        if (error instanceof Refusal) return answerOf(error);
        throw error;
      }
    },
    refuse: answerWith,
    concerns: ({ table }, call) => table === undefined || targetOf(call)?.stream === `Custom-${table}`,
    release: () => (options.store ? undefined : store.close()),
  });
  const cells = (kind: Loss['kind']): number =>
    landing.losses().reduce((sum, loss) => sum + (loss.kind === kind ? loss.cells : 0), 0);

  return {
    port: server.port,
    get requests() {
      return server.requests;
    },
    endpoint: (host = '127.0.0.1') => `https://${host}:${server.port}`,
    store,
    bodies,
    totals,
    get droppedColumns() {
      return cells('dropped');
    },
    get nulledCells() {
      return cells('nulled');
    },
    get truncatedCells() {
      return cells('truncated');
    },
    losses: () => landing.losses(),
    trouble: (trouble) => server.trouble(trouble),
    calm: () => server.calm(),
    close: () => server.close(),
  };
}

function targetOf(call: Call): { rule: string; stream: string } | undefined {
  const [, rule, stream] = /^\/dataCollectionRules\/([^/]+)\/streams\/([^/]+)$/.exec(call.url.pathname) ?? [];
  return rule === undefined || stream === undefined ? undefined : { rule, stream };
}
