import { eventId } from '../../../../functions/collect/event-id.ts';
import { feeds } from '../../../../functions/feeds/index.ts';
import type { JsonObject } from '../../../../functions/tables/json.ts';
import type { Campaign } from '../../../../local/mimecast/campaigns.ts';
import type { BatchFeedName, FeedName } from '../../../../local/mimecast/endpoints.ts';
import { fillStory, type Story, type StoryOptions } from '../../../../local/mimecast/story/fill-story.ts';
import type { Receiver } from '../../../../local/mimecast/story/outbox.ts';
import { secondOf } from '../../../../local/mimecast/times.ts';

/** An event as the story gave it; times in epoch ms. */
export interface Given {
  readonly id: string;
  readonly time: number;
  readonly availableAt: number;
  readonly event: JsonObject;
}

/** A story, and all it gave to the tenant. */
export interface Told {
  readonly story: Story;
  readonly of: (feed: FeedName) => readonly Given[];
  readonly files: readonly {
    readonly feed: BatchFeedName;
    readonly availableAt: number;
    readonly types: Set<string>;
  }[];
  readonly campaigns: readonly { readonly campaign: Campaign; readonly users: readonly JsonObject[] }[];
  readonly tenant: Receiver;
}

/** A Friday noon, five minutes into a quarter of an hour. */
export const now = Date.parse('2026-11-20T12:05:00Z');
export const usual: StoryOptions = { seed: 1, now, days: 14, users: 100, quiet: false };

/** Tells a story to a tenant that only listens. */
export function tell(options: Partial<StoryOptions> = {}): Told {
  const given = new Map<FeedName, Given[]>();
  const files: Told['files'][number][] = [];
  const campaigns: Told['campaigns'][number][] = [];
  const give = (feed: FeedName, events: readonly JsonObject[], availableAt: number): void => {
    const list = given.get(feed) ?? [];
    given.set(feed, list);
    for (const event of events) {
      list.push({
        // Most tests ask for few of them.
        get id() {
          return idOf(feed, event);
        },
        time: timeOf(event),
        availableAt,
        event,
      });
    }
  };
  const tenant: Receiver = {
    add: (feed, events, availableAt = Number.NaN) => give(feed, events, availableAt),
    addFile(feed, { events = [], availableAt = Number.NaN }) {
      give(feed, events, availableAt);
      files.push({ feed, availableAt, types: new Set(events.map(typeOf)) });
      return `file ${files.length}`;
    },
    addCampaign: (campaign, users) => void campaigns.push({ campaign, users }),
  };
  const story = fillStory(tenant, { ...usual, ...options });
  return { story, of: (feed) => given.get(feed) ?? [], files, campaigns, tenant };
}

/** The type of a batch event, in either spelling. */
export function typeOf(event: JsonObject): string {
  return text(event['type'] ?? event['eventType']);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function timeOf(event: JsonObject): number {
  const stamp = event['timestamp'];
  return typeof stamp === 'number' ? stamp : (secondOf(event['eventTime'] ?? event['date']) ?? Number.NaN) * 1000;
}

function idOf(name: FeedName, event: JsonObject): string {
  const feed = feeds.find((each) => each.name === name);
  return feed ? eventId(feed, event) : '';
}
