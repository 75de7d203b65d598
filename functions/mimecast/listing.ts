import { dayOf, listedDays } from '../collect/batch.ts';
import type { BatchCursor } from '../collect/cursor.ts';
import { ConnectorError } from '../collect/fault.ts';
import type { BatchSource, Feed } from '../collect/feed.ts';
import type { Run } from '../collect/ports.ts';
import type { Columns } from '../tables/table.ts';
import { askList } from './ask-list.ts';
import type { Client } from './client.ts';
import { batchEnvelope } from './envelope.ts';
import { type BatchFile, batchFile } from './files.ts';

/** A page of the batch listing: files in their order, each once, and the cursor behind them. */
export interface Listing {
  readonly files: readonly BatchFile[];
  readonly nextToken: string | undefined;
  /** What Mimecast says of it; it may say so beside files, or say no beside none (mimecast-api Q8). */
  readonly isCaughtUp: boolean | undefined;
}

const filesPerListing = 100;

/** Asks for a listing: by its token, else by the first day to list. @throws ConnectorError, `expired` when the token is refused */
export async function list(
  feed: Feed<Columns, BatchSource>,
  at: BatchCursor['listing'],
  client: Client,
  run: Run,
): Promise<Listing> {
  const { path, types } = feed.source;
  const where = at.token === undefined ? { dateRangeStartsAt: listedFrom(at.from, run) } : { nextPage: at.token };
  const params = { type: types.join(','), pageSize: String(filesPerListing), ...where };
  const call = { path, params, carriesToken: at.token !== undefined, product: feed.product };
  const reply = await askList(call, batchEnvelope, (answer) => answer.value, client, run);
  if (reply === undefined) return { files: [], nextToken: undefined, isCaughtUp: undefined };
  if (!reply.value && reply.isCaughtUp !== true) {
    throw new ConnectorError('unavailable', `${path} gave no list, and did not say that it is caught up.`);
  }
  const files = new Map<string, BatchFile>();
  for (const link of reply.value ?? []) {
    const file = batchFile(link);
    if (!files.has(file.name)) files.set(file.name, file);
  }
  return {
    files: [...files.values()],
    // Before a token that came without a list there may be files that nobody has seen: it is not followed.
    nextToken: (reply.value && reply['@nextPage']) || undefined,
    isCaughtUp: reply.isCaughtUp ?? undefined,
  };
}

function listedFrom(from: string, run: Run): string {
  const oldest = dayOf(run.clock.now(), listedDays);
  if (from >= oldest) return from;
  run.note(`Mimecast lists ${listedDays} days of files: reading starts at ${oldest} instead of ${from}.`);
  return oldest;
}
