import type { Feed } from '../../functions/collect/feed.ts';
import type { Json, JsonObject } from '../../functions/tables/json.ts';
import type { Endpoint } from '../../local/mimecast/tenant.ts';
import { type Stage, stage } from '../mimecast/stage.ts';
import { addNews, inventedOf, lostOf, witnessOf } from './mimecast-feeds.ts';
import type { TroubleAt } from './mimecast-troubles.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
// Only runs that meet one of these wait for so short a time that an answer might miss it.
const hangs = new Set(['hang', 'hangMidway']);

/** What became of a feed in trouble: what its runs said, and what is missing now that the trouble is over. */
export interface Suffered {
  readonly once: Json | undefined;
  readonly lasting: Json | undefined;
  /** What a feed of another endpoint said meanwhile. */
  readonly witness: Json | undefined;
  readonly lost: readonly string[];
  /** Events that stand there under two ids. */
  readonly invented: readonly string[];
  readonly rejected: readonly JsonObject[];
}

/** Trouble strikes once, in the middle of a run where it can, then lasts for some runs, then is over. */
export async function suffer(at: Endpoint, feed: Feed, trouble: TroubleAt): Promise<Suffered> {
  const { kind, times = Infinity, waitMs } = trouble;
  const isHang = hangs.has(kind);
  const patienceMs = isHang ? 60 : undefined;
  const staged = await stage({ pageCap: 2 });
  const { tenant, run, clock } = staged;
  const witness = witnessOf(feed);
  const faultOf = async (each: Feed, timeoutMs?: number) => (await run(each, { timeoutMs })).health['Fault'];

  addNews(tenant, feed, clock.now());
  await untilQuiet(staged, feed);
  later(staged, feed);
  tenant.trouble({ at, kind, waitMs, after: at === 'token' ? 0 : 1 });
  const once = await faultOf(feed, patienceMs);
  tenant.calm();
  await untilQuiet(staged, feed);

  later(staged, feed);
  addNews(tenant, witness, clock.now());
  tenant.trouble({ at, kind, waitMs, times });
  let lasting = await faultOf(feed, patienceMs);
  const said = await faultOf(witness, at === 'token' ? patienceMs : undefined);
  clock.advance(10 * minuteMs);
  if (!isHang) lasting = agreed(lasting, await faultOf(feed));
  tenant.calm();
  for (const each of [feed, witness]) await untilQuiet(staged, each);
  return {
    once,
    lasting,
    witness: said,
    lost: [feed, witness].flatMap((each) => lostOf(staged, each)),
    invented: [feed, witness].flatMap((each) => inventedOf(staged, each)),
    rejected: staged.rejected(),
  };
}

function agreed(first: Json | undefined, second: Json | undefined): Json | undefined {
  return first === second ? first : [first ?? null, second ?? null];
}

/** Time passes and there is news: a snapshot is taken daily, a token lives half an hour. */
function later({ tenant, clock }: Stage, feed: Feed): void {
  clock.advance(feed.source.kind === 'snapshot' ? dayMs : 40 * minuteMs);
  addNews(tenant, feed, clock.now());
}

/** Runs until nothing is new, half an hour apart. @throws Error when a run fails or the feed does not come to rest */
export async function untilQuiet({ run, clock }: Stage, feed: Feed): Promise<void> {
  for (let runs = 0; runs < 8; runs++) {
    clock.advance(30 * minuteMs);
    const { error, health } = await run(feed);
    if (error) throw error;
    if (health['CaughtUp'] === true && health['EventsRead'] === health['RowsSkipped']) return;
  }
  throw new Error(`${feed.name} does not come to rest.`);
}
