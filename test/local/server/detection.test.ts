import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectors } from '../../../functions/connectors.ts';
import { mimecastHealth } from '../../../functions/tables/mimecast-health.ts';
import { ttpUrl } from '../../../functions/tables/ttp-url.ts';
import type { JsonObject } from '../../../functions/tables/json.ts';
import { openStore, type RowStore } from '../../../local/sentinel/store.ts';
import { type Detection, startDetection } from '../../../local/server/detection.ts';

const minuteMs = 60_000;
let folder = '';
let store: RowStore;
let detection: Detection | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detection-'));
  store = openStore(join(folder, 'rows.db'));
});

afterEach(async () => {
  await detection?.close();
  store.close();
  rmSync(folder, { recursive: true });
});

/** Lets a row of an event that happened so long ago land, as if two minutes later. */
function land(table: string, agoMs: number, cells: JsonObject): void {
  const at = Date.now() - agoMs;
  const time = new Date(at).toISOString();
  const row = { TimeGenerated: time, EventTime: time, EventId: `${table} ${time}`, Account: 'mimecast', ...cells };
  store.insert(table, [{ timeGenerated: at, arrival: at + 2 * minuteMs, row }]);
}

function click(user: string, agoMs: number): void {
  land(ttpUrl.name, agoMs, {
    userEmailAddress: user,
    url: `https://${user.split('@')[0]}.bad.example/`,
    scanResult: 'malicious',
    action: 'allow',
    creationMethod: 'User Click',
    userOverride: 'None',
    route: 'inbound',
  });
}

/** Starts the rules. @returns when they have run over all that is there */
async function detect(lines: string[] = []): Promise<Detection> {
  const done = Promise.withResolvers<void>();
  const started = startDetection({
    store,
    rows: join(folder, 'rows.db'),
    folder,
    enabled: connectors.map(({ setting }) => setting),
    onChange: () => started.progress().isCurrent && done.resolve(),
    onLine: (line) => lines.push(line),
  });
  detection = started;
  await done.promise;
  return started;
}

test('the rules run over the past once the feeds have caught up, and go on there after a restart', async () => {
  const lines: string[] = [];
  click('anna@contoso.example', 240 * minuteMs);
  const first = detect(lines);
  for (const { feeds } of connectors)
    for (const { name } of feeds) land(mimecastHealth.name, 0, { Feed: name, CaughtUp: true });
  const raised = (await first).list();
  expect(raised.map(({ severity, entities }) => [severity, entities[0]?.identifiers['Name']])).toEqual([
    ['High', 'anna'],
  ]);
  expect(lines).toEqual(['The rules have run over the past: 1 alerts, 1 incidents.']);
  expect([store.count('SecurityAlert'), store.count('SecurityIncident')]).toEqual([1, 1]);
  await detection?.close();

  click('bert@contoso.example', 230 * minuteMs);
  const again = await detect(lines);
  expect(again.list()).toEqual(raised);
  expect(again.find(raised[0]?.id ?? '')).toEqual(raised[0]);
  expect(again.incidents().map(({ alertIds }) => alertIds)).toEqual([[raised[0]?.id]]);
});
