import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Feed, SourceEvent } from '../../functions/collect/feed.ts';
import { feeds } from '../../functions/feeds/index.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import { fakeRun } from '../azure/run.ts';
import { type Stage, stage } from '../local/azure/stage.ts';
import { cutHere } from '../fakes/bodies.ts';
import { type InProcess, startInProcess } from './in-process.ts';

let set: Stage;
let app: InProcess;

beforeAll(async () => {
  set = await stage();
  app = await startInProcess(set);
});
afterAll(async () => {
  await app.close();
  await set.identity.close();
});

/** The events whose rows are known: every column is filled by one of them. */
async function goldenEvents({ name }: Feed): Promise<readonly JsonObject[]> {
  const folder = name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  const events = parseJson(await readFile(new URL(`../feeds/${folder}/events.json`, import.meta.url), 'utf8'));
  return Array.isArray(events) ? events.filter(isJsonObject) : [];
}

function hasText(event: SourceEvent): boolean {
  return Object.values(event).some((value) => typeof value === 'string');
}

/** The event with every text beyond what a column holds, in characters of three bytes each. */
function swollen(event: SourceEvent): SourceEvent {
  const long = '€'.repeat(40_000);
  return Object.fromEntries(
    Object.entries(event).map(([field, value]) => [field, typeof value === 'string' ? value + long : value]),
  );
}

async function send(feed: Feed, events: readonly SourceEvent[]): Promise<void> {
  const collectedAt = new Date(app.clock.now());
  const stamp = { account: 'golden', collectedAt, takenAt: feed.source.kind === 'snapshot' ? collectedAt : undefined };
  await app.logs.write(feed.table, cutHere(feed, events, stamp), fakeRun());
}

describe.for(feeds)('the data collection rule drops, nulls and cuts nothing of $name', (feed) => {
  test('where every column is filled', async () => {
    const events = await goldenEvents(feed);
    const before = app.rule.store.count(feed.table.name);
    await send(feed, events);
    expect(events.length).toBeGreaterThan(2);
    expect(app.rule.store.count(feed.table.name)).toBe(before + events.length);
    expect(app.ingestion.losses()).toEqual([]);
  });

  test('where every text is too long', async () => {
    const before = app.rule.store.count(feed.table.name);
    const events = (await goldenEvents(feed)).filter(hasText).map(swollen);
    expect(events.length).toBeGreaterThan(1);
    await send(feed, events);
    const rows = [...app.rule.store.rows(feed.table.name)].slice(before).map(({ row }) => row);
    expect(rows).toHaveLength(events.length);
    expect(rows.every((row) => row['Truncated'] !== undefined)).toBe(true);
    expect(app.ingestion.losses()).toEqual([]);
  });
});
