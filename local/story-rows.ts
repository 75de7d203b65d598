import { time } from '../functions/collect/cells.ts';
import type { Feed } from '../functions/collect/feed.ts';
import { rowOf } from '../functions/collect/row.ts';
import { feeds } from '../functions/feeds/index.ts';
import { type JsonObject, isJsonObject, parseJson } from '../functions/tables/json.ts';
import { mimecastHealth } from '../functions/tables/mimecast-health.ts';
import { tables } from '../functions/tables/index.ts';
import { allColumns, type Columns } from '../functions/tables/table.ts';
import { type Chapter, fillStory, type StoryOptions } from './mimecast/story/fill-story.ts';
import type { Receiver } from './mimecast/story/outbox.ts';
import { createLanding } from './sentinel/landing.ts';
import type { StoredRow } from './sentinel/store.ts';
import { batchDelayMs, simulatedHealth } from './simulated-past.ts';

interface ToldRows {
  readonly rows: ReadonlyMap<string, readonly StoredRow[]>;
  readonly chapters: readonly Chapter[];
}

/**
 * The rows that a simulated company's story comes to in the workspace, by table, without a server in between: as the local
 * endpoint would have them after the connector had run all the time until `now`.
 */
export function storyRows(options: StoryOptions): ReadonlyMap<string, readonly StoredRow[]> {
  return toldRows(options).rows;
}

/** The same rows, and what an analyst should find in them. */
export function toldRows(options: StoryOptions): ToldRows {
  const { now } = options;
  const rows = new Map<string, StoredRow[]>(tables.map(({ name }) => [name, []]));
  let availableAt = now;
  let kind: Feed['source']['kind'] = 'batch';
  const landing = createLanding({ columns: columnsOf, startedAt: Infinity, arrival });

  function arrival(_table: string, row: JsonObject): number | undefined {
    const happened = time(row['EventTime'])?.getTime();
    if (happened === undefined || kind === 'snapshot') return undefined;
    const delayMs = Math.max(0, availableAt - happened);
    return happened + (kind === 'batch' ? Math.min(delayMs, batchDelayMs) : delayMs);
  }
  const take = (name: string, events: readonly JsonObject[], at: number): void => {
    const feed = feeds.find((each) => each.name === name);
    if (!feed) return;
    availableAt = at;
    kind = feed.source.kind;
    const takenAt = kind === 'snapshot' ? new Date(now) : undefined;
    const stamp = { account: 'mimecast', collectedAt: new Date(now), takenAt };
    const sent = events.map((event) => asSent(rowOf(feed, event, stamp)));
    const kept = rows.get(feed.table.name) ?? [];
    for (const row of landing.land(feed.table.name, sent, now)) kept.push(row);
  };
  const tenant: Receiver = {
    add: (feed, events, at = now) => take(feed, events, at),
    addFile(feed, { events = [], availableAt: at = now }) {
      take(feed, events, at);
      return '';
    },
    addCampaign(campaign, users) {
      const of = {
        campaignId: campaign.id,
        campaignName: campaign['name'] ?? null,
        campaignLaunchDate: campaign['launchDate'] ?? null,
      };
      take(
        'AwarenessUserData',
        users.map((user) => ({ ...user, ...of })),
        now,
      );
    },
  };
  const { chapters } = fillStory(tenant, options);
  return { rows: rows.set(mimecastHealth.name, [...simulatedHealth(now, options.days)]), chapters };
}

// What the connector would send: JSON, in which times are texts.
function asSent(row: object): JsonObject {
  const sent = parseJson(JSON.stringify(row));
  return isJsonObject(sent) ? sent : {};
}

function columnsOf(name: string): Columns {
  const table = tables.find((each) => each.name === name);
  return table ? allColumns(table) : {};
}
