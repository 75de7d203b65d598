import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bench } from '../../bench/bench.ts';
import { eventLines } from '../../bench/events.ts';
import { tableOf } from '../../bench/report.ts';
import { isJsonObject, parseJson } from '../../functions/tables/json.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'shared', 'samples', 'cg.ndjson');

function linesOfSamples(): readonly string[] {
  return readFileSync(samples, 'utf8').split('\n').filter(Boolean);
}

function typeOf(line: string): unknown {
  const event = parseJson(line);
  return isJsonObject(event) ? event['type'] : undefined;
}

function meanBytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length;
}

describe('the events of the bench', () => {
  test('are the same every time', () => {
    expect([...eventLines(50)]).toEqual([...eventLines(100)].slice(0, 50));
  });

  test.runIf(existsSync(samples))('have the mix of the real ones', () => {
    const real = linesOfSamples().map(typeOf);
    const made = [...eventLines(real.length * 20)].map(typeOf);
    for (const type of new Set([...real, ...made])) {
      expect(made.filter((each) => each === type).length).toBe(20 * real.filter((each) => each === type).length);
    }
  });

  test.runIf(existsSync(samples))('have the size of the real ones, within two percent', () => {
    expect(meanBytes([...eventLines(9_000)]) / meanBytes(linesOfSamples())).toBeCloseTo(1, 1.7);
  });
});

describe('the bench', () => {
  test('measures small files and a large one, and every event arrives', async () => {
    const events = 3_000;
    const options = {
      events,
      eventsPerFile: 1_000,
      times: 1,
      timesAtMost: 1,
      startUps: 1,
      fullRounds: 0,
      keepsBodies: true,
    };
    const lines: string[] = [];
    const report = await bench({ ...options, onProgress: (line) => lines.push(line) });
    expect(report.loads.map(({ eventsPerFile }) => eventsPerFile)).toEqual([1_000, 3_000]);
    expect(report.loads.map((load) => [load.events, load.rowsSent, load.rows, load.eventIds])).toEqual([
      [events, events, events, events],
      [events, events, events, events],
    ]);
    for (const load of report.loads) {
      expect(load).toMatchObject({ rejected: 0, faults: [] });
      expect(load.ratio).toBeGreaterThan(0);
      expect(load.peakRssMegabytes).toBeGreaterThan(30);
      expect(load.fullBodiesShare).toBeGreaterThan(0);
      expect(load.requestsPerMillion['logsIngestion']).toBeGreaterThan(0);
    }
    expect(report.startUp.bundleMs).toBeGreaterThan(0);
    expect(tableOf(report)).toContain('product / floor');
    expect(lines).toHaveLength(3);
  });
});
