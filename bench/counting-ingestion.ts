import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Tls } from '../local/azure/certificate.ts';
import { startListener } from '../local/azure/listener.ts';

/** A Logs Ingestion endpoint that accepts whatever comes, and counts it. */
export interface CountingIngestion {
  readonly origin: string;
  readonly requests: number;
  /** Reads what was kept, which takes time: to be asked when nothing is measured any more. */
  totals(): Totals;
}

/** What arrived for the table of events; bytes uncompressed, a full body has 900,000 and more. */
interface Totals {
  readonly bodies: number;
  readonly fullBodies: number;
  readonly bytes: number;
  readonly compressedBytes: number;
  /** Rows, and event ids among them, where bodies are kept. */
  readonly rows?: number;
  readonly eventIds?: number;
  /** What the Health rows of the events' feed say, added up. */
  readonly health: { readonly rowsSent: number; readonly rejected: number; readonly faults: readonly string[] };
}

const fullBytes = 900_000;
const eventStream = 'Custom-Seg_Cg_CL';
const healthRows = z.array(
  z.object({ Feed: z.string(), RowsSent: z.number(), Rejected: z.number(), Fault: z.string().optional() }),
);
const eventRows = z.array(z.object({ EventId: z.string() }));

/** Starts it, over https. */
export async function countingIngestion(tls: Tls, keepsBodies: boolean): Promise<CountingIngestion> {
  let requests = 0;
  const counted = { bodies: 0, fullBodies: 0, bytes: 0, compressedBytes: 0 };
  const kept: Buffer[] = [];
  const keptHealth: Buffer[] = [];

  const { port } = await startListener(tls, (request, response) => {
    requests++;
    const isEvents = request.url?.includes(eventStream) ?? false;
    const isHealth = request.url?.includes('Health') ?? false;
    const chunks: Buffer[] = [];
    let tail: Buffer = Buffer.alloc(0);
    request.on('data', (chunk: Buffer) => {
      if (isEvents) counted.compressedBytes += chunk.length;
      if (isHealth || keepsBodies) chunks.push(chunk);
      tail = chunk.length >= 4 ? chunk.subarray(-4) : Buffer.concat([tail, chunk]).subarray(-4);
    });
    request.on('end', () => {
      if (isEvents) countBody(tail);
      if (isHealth) keptHealth.push(Buffer.concat(chunks));
      else if (isEvents && keepsBodies) kept.push(Buffer.concat(chunks));
      response.writeHead(204).end();
    });
  });

  // A gzip body ends with its uncompressed size: https://www.rfc-editor.org/rfc/rfc1952
  function countBody(tail: Buffer): void {
    const bytes = tail.readUInt32LE();
    counted.bodies++;
    counted.bytes += bytes;
    if (bytes >= fullBytes) counted.fullBodies++;
  }

  function health(): Totals['health'] {
    const rows = keptHealth.flatMap((body) => healthRows.parse(parsed(body))).filter(({ Feed }) => Feed === 'SegCg');
    return {
      rowsSent: rows.reduce((sum, row) => sum + row.RowsSent, 0),
      rejected: rows.reduce((sum, row) => sum + row.Rejected, 0),
      faults: rows.map(({ Fault }) => Fault ?? '').filter(Boolean),
    };
  }

  function keptRows() {
    if (!keepsBodies) return {};
    const ids = kept.flatMap((body) => eventRows.parse(parsed(body))).map(({ EventId }) => EventId);
    return { rows: ids.length, eventIds: new Set(ids).size };
  }

  return {
    origin: `https://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    totals: () => ({ ...counted, ...keptRows(), health: health() }),
  };
}

function parsed(body: Buffer): unknown {
  return JSON.parse(gunzipSync(body).toString());
}
