import { gzipSync } from 'node:zlib';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import type { BatchFeedName } from './endpoints.ts';

/** The types a batch feed knows, each with the prefix of its files' names. */
export const filePrefixes: Readonly<Record<BatchFeedName, Readonly<Record<string, string>>>> = {
  SegCg: {
    receipt: 'email_receipt',
    process: 'email_process',
    delivery: 'email_delivery',
    journal: 'email_journal',
    av: 'email_antivirus',
    spam: 'email_spam',
    'internal email protect': 'email_iep',
    'impersonation protect': 'email_ttp_impersonation',
    'url protect': 'email_ttp_url',
    'attachment protect': 'email_ttp_ap',
  },
  // The prefixes of the Cloud Integrated files are not published (assumed).
  CloudIntegrated: { entities: 'ci_entities', mailflow: 'ci_mailflow', urlclick: 'ci_urlclick' },
};

/** A file to be listed: events, or raw lines, or the bytes themselves. */
export interface BatchFile {
  readonly events?: readonly JsonObject[] | undefined;
  readonly lines?: readonly string[] | undefined;
  /** As served, not compressed again. */
  readonly body?: Uint8Array | undefined;
  readonly lineEnd?: '\n' | '\r\n' | undefined;
  readonly byteOrderMark?: boolean | undefined;
  /** Epoch ms from which it is listed; now when left out. */
  readonly availableAt?: number | undefined;
  /** The type of its events, which decides its name; when left out that of its first event. */
  readonly type?: string | undefined;
  /** The size its listing states; the true one when left out, null leaves it out of the listing. */
  readonly size?: number | null | undefined;
}

/** A file's bytes: one JSON record a line, in gzip. */
export function bytesOf(file: BatchFile, endsInNewline: boolean): Uint8Array {
  if (file.body) return file.body;
  const lineEnd = file.lineEnd ?? '\n';
  const lines = file.lines ?? (file.events ?? []).map((event) => JSON.stringify(event));
  const text = lines.join(lineEnd) + (endsInNewline && lines.length > 0 ? lineEnd : '');
  return gzipSync(Buffer.from((file.byteOrderMark === true ? '\uFEFF' : '') + text), { level: 1 });
}

/** The events in a file: those given, or those among its lines that are whole JSON records. */
export function eventsOf(file: BatchFile): readonly JsonObject[] {
  return file.events ?? (file.lines ?? []).map(recordOf).filter((event) => event !== undefined);
}

/** A type the feed knows: the one stated, or the one of the first event, or else the feed's first. */
export function typeOf(feed: BatchFeedName, file: BatchFile): string {
  const known = filePrefixes[feed];
  const first = eventsOf(file)[0];
  for (const type of [file.type, first?.['type'], first?.['eventType']]) {
    if (typeof type === 'string' && Object.hasOwn(known, type)) return type;
  }
  return Object.keys(known)[0] ?? '';
}

function recordOf(line: string): JsonObject | undefined {
  try {
    const record = parseJson(line);
    return isJsonObject(record) ? record : undefined;
  } catch {
    return undefined;
  }
}
