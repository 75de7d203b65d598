import { describe, expect, it } from 'vitest';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import { openPage } from '../../functions/collect/page.ts';
import { contentOf } from '../fakes/bodies.ts';

const cursor = firstBatchCursor('2026-03-01');

function pageOf(...lines: readonly string[]) {
  const page = openPage();
  for (const [index, line] of lines.entries()) page.add(Buffer.from(line), '/a', index);
  return contentOf(page.close(cursor, false));
}

describe('a page of lines', () => {
  it('takes objects as events, in order, whatever white space is around them', () => {
    const { events, rejected } = pageOf('{"a":1}', '  {"a":2} ', '{"a":3}\r', '\t{"a":4}\r');
    expect(events).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]);
    expect(rejected).toEqual([]);
  });

  it('takes the first line of a file that begins with a byte order mark', () => {
    expect(pageOf('\uFEFF{"a":1}', '\uFEFF')).toMatchObject({ events: [{ a: 1 }], rejected: [] });
  });

  it('leaves blank lines out', () => {
    expect(pageOf('', ' ', '\r', '\t \r')).toMatchObject({ events: [], rejected: [] });
  });

  it.each(['{"a":1', 'null,', 'not json', '{"a":1}{"a":2}', "{'a':1}", '\u0000', '{"a":"\u0001"}', '�('])(
    'rejects what is not JSON: %j',
    (line) => {
      expect(pageOf(line)).toMatchObject({
        events: [],
        rejected: [{ reason: 'the line is not JSON', source: '/a:1', rawText: line }],
      });
    },
  );

  it.each(['null', '[]', '[{"a":1}]', '"text"', '12', 'true'])('rejects JSON that is no object: %s', (line) => {
    expect(pageOf(line).rejected).toEqual([
      { reason: 'the line is JSON, but no object', source: '/a:1', rawText: line },
    ]);
  });

  it('goes on after a broken line, and names each one’s place', () => {
    const { events, rejected } = pageOf('{"a":1}', '{', '{"a":2}', ']');
    expect(events).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rejected.map(({ source }) => source)).toEqual(['/a:2', '/a:4']);
  });

  it('rejects what is nested so deep that walking through it would overflow the stack', () => {
    for (const depth of [201, 3000, 100_000]) {
      const deep = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
      const { events, rejected } = pageOf('{"a":1}', deep);
      expect(events).toEqual([{ a: 1 }]);
      expect(rejected).toMatchObject([{ reason: 'the line is nested more than 200 levels deep', source: '/a:2' }]);
      expect(deep.startsWith(rejected[0]?.rawText ?? 'none')).toBe(true);
    }
    const text = '{"a":1}'.repeat(5000);
    expect(pageOf(JSON.stringify({ text: '['.repeat(5000), more: text })).rejected).toEqual([]);
    expect(pageOf(`{"a":${'['.repeat(199)}${']'.repeat(199)}, "b":"${'x'.repeat(1000)}"}`).rejected).toEqual([]);
  });

  it('keeps 32,000 units of a line it rejects', () => {
    expect(pageOf('x'.repeat(100_000)).rejected[0]?.rawText).toBe('x'.repeat(32_000));
  });

  it('keeps a field with the name of an object’s prototype as a field', () => {
    const [event] = pageOf('{"__proto__":{"a":1},"b":2}').events;
    expect(JSON.stringify(event)).toBe('{"__proto__":{"a":1},"b":2}');
  });

  it('counts the bytes it took, blank and broken lines included', () => {
    const page = openPage();
    expect([page.size, page.isEmpty]).toEqual([0, true]);
    page.add(Buffer.from(' '), '/a', 0);
    expect([page.size, page.isEmpty]).toEqual([1, true]);
    page.add(Buffer.from('{}'), '/a', 1);
    expect([page.size, page.isEmpty]).toEqual([3, false]);
  });

  it('is not empty once anything was rejected, and closes with its cursor', () => {
    const page = openPage();
    const rejection = { reason: 'dead', source: '/a', rawText: '' };
    page.reject(rejection);
    expect(page.isEmpty).toBe(false);
    const closed = page.close(cursor, true);
    expect(closed).toMatchObject({ skipped: 0, next: cursor, caughtUp: true });
    expect(contentOf(closed)).toEqual({ events: [], rejected: [rejection] });
  });

  it('names the place of each line of a lot, and keeps the order of what it rejects', () => {
    const page = openPage();
    page.add(Buffer.from('{"a":1}\n[\n{"a":2}\n]'), '/a', 0);
    page.reject({ reason: 'too long', source: '/a:5', rawText: '' });
    page.add(Buffer.from('{'), '/a', 5);
    const { rejected, events } = contentOf(page.close(cursor, false));
    expect(rejected.map(({ source }) => source)).toEqual(['/a:2', '/a:4', '/a:5', '/a:6']);
    expect(events).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('takes lines longer than its block', () => {
    const page = openPage();
    const long = JSON.stringify({ text: 'x'.repeat(15 * 1024 * 1024) });
    for (const line of ['{"a":1}', long, '{"a":2}']) page.add(Buffer.from(line), '/a', 0);
    const { events } = contentOf(page.close(cursor, false));
    expect(events.map((event) => JSON.stringify(event).length)).toEqual([7, long.length, 7]);
  });
});
