import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openQueries } from '../../../../local/sentinel/query/queries.ts';
import { type QueryAnswer, queryRequest } from '../../../../local/sentinel/query/query.ts';
import { openStore } from '../../../../local/sentinel/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'queries-'));
const path = join(folder, 'rows.db');
const store = openStore(path);
const hourMs = 3_600_000;
const start = Date.parse('2026-11-20T00:00:00Z');
let nowMs = start + 24 * hourMs;
const parsers = join(import.meta.dirname, '..', '..', '..', '..', 'parsers-kql');
const queries = openQueries({ rows: path, parsers, threads: 2, now: () => nowMs });

/** Adds an event of the audit log. */
function add(id: string, hours: number, user = 'someone'): void {
  const at = start + hours * hourMs;
  const time = new Date(at).toISOString();
  const row = { TimeGenerated: time, EventTime: time, EventId: id, Account: 'a', user, auditType: 'User Logged On' };
  store.insert('Audit_CL', [{ timeGenerated: at, arrival: at + 1000, row }]);
}

add('first', 1);
add('second', 2);
add('second', 2);
add('third', 30);

afterAll(async () => {
  await queries.close();
  store.close();
  rmSync(folder, { recursive: true });
});

async function ask(query: string, rest: object = {}, signal = new AbortController().signal): Promise<QueryAnswer> {
  return JSON.parse(await queries.ask(queryRequest.parse({ query, ...rest }), signal));
}

describe('a query', () => {
  test('is answered with columns, their types and rows', async () => {
    expect(await ask('MimecastAudit | summarize count(), max(EventTime) by Account')).toMatchObject({
      columns: [
        { name: 'Account', type: 'string' },
        { name: 'count_', type: 'long' },
        { name: 'max_EventTime', type: 'datetime' },
      ],
      rows: [['a', 3, '2026-11-21T06:00:00.0000000Z']],
      rowCount: 1,
    });
  });

  test('sees the rows of a time range alone when one is given', async () => {
    const range = { fromMs: start + 2 * hourMs, toMs: start + 29 * hourMs };
    expect(await ask('Audit_CL | count', { range })).toMatchObject({ rows: [[2]] });
  });

  test('gives no more rows than it was allowed, and says how many there were', async () => {
    expect(await ask('Audit_CL | project EventId', { rowLimit: 2 })).toMatchObject({
      rows: [['first'], ['second']],
      rowCount: 4,
    });
  });

  test.each([
    ['Audit_CL\n| where Nothing == 1', { line: 2, column: 9, problem: expect.stringContaining('KS142') }],
    ['Audit_CL | where (', { line: 1, column: 19 }],
    ['Audit_CL | evaluate autocluster()', { problem: expect.stringContaining('the local KQL engine does not do') }],
  ])('that makes no sense is answered with what is wrong and where: %j', async (query, expected) => {
    expect(await ask(query)).toMatchObject(expected);
  });

  test('sees rows that land later, though the answer was known', async () => {
    expect(await ask('Audit_CL | count')).toMatchObject({ rows: [[4]] });
    add('late', 3);
    expect(await ask('Audit_CL | count')).toMatchObject({ rows: [[5]] });
  });

  test('is computed again once its answer may be old', async () => {
    const first = await ask('print now()');
    expect(await ask('print now()')).toEqual(first);
    nowMs += 61_000;
    expect(await ask('print now()')).not.toEqual(first);
  });
});

describe('queries at once', () => {
  test('are all answered', async () => {
    const all = Array.from({ length: 12 }, (_, n) => ask(`print x = ${n}`));
    expect((await Promise.all(all)).map((answer) => ('rows' in answer ? answer.rows : answer.problem))).toEqual(
      Array.from({ length: 12 }, (_, n) => [[n]]),
    );
  });

  test('that nobody waits for are stopped, and others go on', async () => {
    const left = new AbortController();
    const long = ask(
      'range x from 1 to 20000000 step 1 | join kind=inner Audit_CL on $left.x == $right.offset',
      {},
      left.signal,
    );
    const also = ask('Audit_CL | count', { rowLimit: 77 }, left.signal);
    left.abort();
    await expect(long).rejects.toThrow('Nobody waits');
    await expect(also).rejects.toThrow('Nobody waits');
    expect(await ask('print y = 1')).toMatchObject({ rows: [[1]] });
  });
});
