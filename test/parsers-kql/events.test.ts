import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { audit } from '../../functions/feeds/audit.ts';
import { cloudIntegrated } from '../../functions/feeds/cloud-integrated.ts';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { segDlp } from '../../functions/feeds/seg-dlp.ts';
import { ttpAttachment } from '../../functions/feeds/ttp-attachment.ts';
import { ttpImpersonation } from '../../functions/feeds/ttp-impersonation.ts';
import { ttpUrl } from '../../functions/feeds/ttp-url.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../functions/tables/json.ts';
import outputs31 from './outputs-3.1.json' with { type: 'json' };
import { cellsOf, oldCells } from './same-event.ts';
import { answer, type Arrived } from './workspaces.ts';

const parsers = [
  { name: 'MimecastAudit', feed: audit, folder: 'audit', key: 'eventInfo', dateColumn: 'eventTime' },
  { name: 'MimecastCG', feed: segCg, folder: 'seg-cg', key: 'processingId', dateColumn: 'timestamp' },
  { name: 'MimecastDLP', feed: segDlp, folder: 'seg-dlp', key: 'action', dateColumn: 'eventTime' },
  { name: 'MimecastTTPUrl', feed: ttpUrl, folder: 'ttp-url', key: 'url', dateColumn: 'date' },
  { name: 'MimecastTTPAttachment', feed: ttpAttachment, folder: 'ttp-attachment', key: 'fileName', dateColumn: 'date' },
  {
    name: 'MimecastTTPImpersonation',
    feed: ttpImpersonation,
    folder: 'ttp-impersonation',
    key: 'subject',
    dateColumn: 'eventTime',
  },
  {
    name: 'MimecastCloudIntegrated',
    feed: cloudIntegrated,
    folder: 'cloud-integrated',
    key: 'processingId',
    dateColumn: 'timestamp',
  },
] as const;

type Parser = (typeof parsers)[number];

function firstEvent({ folder }: Parser): JsonObject {
  const path = new URL(`../feeds/${folder}/events.json`, import.meta.url);
  const events = parseJson(readFileSync(path, 'utf8'));
  const [event] = Array.isArray(events) ? events.filter((each: Json) => isJsonObject(each)) : [];
  if (!isJsonObject(event)) throw new Error(`no event in ${folder}`);
  return event;
}

/** The first event of the feed's samples at another time, otherwise told apart by the parser's key. */
function eventAt(parser: Parser, time: string, value: string): JsonObject {
  const date = parser.dateColumn === 'timestamp' ? Date.parse(time) : time.replace('Z', '+0000');
  return {
    ...firstEvent(parser),
    ...(parser.feed === audit ? { id: value } : {}),
    [parser.dateColumn]: date,
    [parser.key]: value,
  };
}

function arrived(parser: Parser, cells: JsonObject, arrival: string, timeGenerated = arrival): Arrived {
  return { table: parser.feed.table.name, cells, arrival, timeGenerated };
}

/** The outputs of 3.1 but that for the time of arrival. */
function outputs({ name }: Parser, row: JsonObject): JsonObject {
  const names = Object.keys(outputs31[name]).filter((output) => output !== 'Time Generated');
  return Object.fromEntries(names.map((output) => [output, row[output] ?? null]));
}

const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;

describe.each(parsers)('$name', (parser) => {
  const { name, feed, key } = parser;
  const table = feed.table.name;
  const cells = cellsOf(feed, firstEvent(parser));

  test('gives the same event the same outputs from the rows of every generation', () => {
    const [ours = {}] = answer(`${name}()`, 'ours', [arrived(parser, cells, at(20))]);
    expect(
      Object.values(outputs(parser, ours)).filter((value) => value !== '' && value !== null).length,
    ).toBeGreaterThan(5);
    for (const generation of ['3.1', '3.0'] as const) {
      const old = oldCells(table, generation, cells);
      for (const over of [generation, 'mixed'] as const) {
        const [row = {}, ...more] = answer(`${name}()`, over, [arrived(parser, old, at(20))]);
        expect([over, more, outputs(parser, row)]).toEqual([over, [], outputs(parser, ours)]);
        expect(row['EventTime']).toBe(ours['EventTime']);
        expect(row['EventId']).toBe('');
      }
    }
  });

  test('gives every event once, the copy that arrived first', () => {
    const others = [cellsOf(feed, eventAt(parser, at(9), 'b')), cellsOf(feed, eventAt(parser, at(9), 'c'))];
    const rows = [
      arrived(parser, cells, at(21), at(21)),
      arrived(parser, cells, at(20), '2026-03-02T08:00:00Z'),
      ...others.flatMap((other) => [arrived(parser, other, at(20)), arrived(parser, other, at(22))]),
    ];
    const found = answer(name, 'ours', rows);
    expect(found).toHaveLength(3);
    expect(found.map((row) => row['IngestionTime'])).toEqual(Array(3).fill('2026-03-02T20:00:00.0000000Z'));
    expect(new Set(found.map((row) => row['EventId'])).size).toBe(3);
  });

  test('gives rows of every generation beside each other, equal old ones once', () => {
    const rows = (['3.0', '3.1'] as const).flatMap((generation, index) => {
      const old = oldCells(table, generation, cellsOf(feed, eventAt(parser, at(10 + index), generation)));
      return [arrived(parser, old, at(20)), arrived(parser, old, at(21)), arrived(parser, old, at(21))];
    });
    const found = answer(name, 'mixed', [...rows, arrived(parser, cells, at(20))]);
    expect(found).toHaveLength(3);
    expect(found.map((row) => row['IngestionTime'])).toEqual(Array(3).fill('2026-03-02T20:00:00.0000000Z'));
  });

  test('takes its time parameters for the event’s own time and gives the same rows within', () => {
    const rows = Array.from({ length: 8 }, (_, index) => {
      const ours = cellsOf(feed, eventAt(parser, at(8 + index), `event ${index}`));
      const generation = (['ours', '3.1', '3.0'] as const)[index % 3] ?? 'ours';
      const own = generation === 'ours' ? ours : oldCells(table, generation, ours);
      const isLate = index % 2 === 0;
      // A late row has its TimeGenerated replaced; one in time keeps it when it is ours.
      const late = `2026-03-05T0${index}:00:00Z`;
      return [
        arrived(parser, own, late),
        arrived(parser, own, at(22), isLate || generation !== 'ours' ? at(22) : at(8 + index)),
      ];
    }).flat();
    const all = answer(name, 'mixed', rows);
    expect(all).toHaveLength(8);
    const within = answer(`${name}(datetime(${at(10)}), datetime(${at(13)}))`, 'mixed', rows);
    const times = [10, 11, 12, 13].map((hour) => `${at(hour).slice(0, 19)}.0000000Z`);
    expect(within.map((row) => JSON.stringify(row['EventTime'])).toSorted()).toEqual(
      times.map((time) => JSON.stringify(time)),
    );
    const inRange = all.filter(({ EventTime }) => typeof EventTime === 'string' && times.includes(EventTime));
    const sorted = (some: readonly JsonObject[]): readonly string[] =>
      some.map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(within)).toEqual(sorted(inRange));
    expect(answer(`${name}(endtime=datetime(${at(7)}))`, 'mixed', rows)).toEqual([]);
    expect(answer(`${name}(starttime=datetime(${at(15)}))`, 'mixed', rows)).toHaveLength(1);
  });

  test('leaves the event time empty when none can be read, and finds the row by its collection', () => {
    const timeless = cellsOf(feed, { ...firstEvent(parser), [parser.dateColumn]: 'yesterday' });
    const rows = [arrived(parser, { ...timeless, [key]: 'x' }, at(20), at(6))];
    const [row = {}, ...more] = answer(`${name}(datetime(${at(6)}), datetime(${at(7)}))`, 'ours', rows);
    expect([more, row['EventTime'], row['Event Time'], row['TimeGenerated']]).toEqual([
      [],
      null,
      null,
      '2026-03-02T06:00:00.0000000Z',
    ]);
    expect(answer(`${name}(datetime(${at(7)}))`, 'ours', rows)).toEqual([]);
  });
});
