import { describe, expect, it } from 'vitest';
import { firstBatchCursor } from '../../functions/collect/cursor.ts';
import { openPage } from '../../functions/collect/page.ts';

const cursor = firstBatchCursor('2026-03-01');

function pageOf(...lines: readonly string[]) {
  const page = openPage();
  for (const [index, line] of lines.entries()) page.add(line, () => `/a:${index + 1}`);
  return page.close(cursor, false);
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

  it('counts the characters it took, blank and broken lines included', () => {
    const page = openPage();
    expect([page.size, page.isEmpty]).toEqual([0, true]);
    page.add(' ', () => '');
    expect([page.size, page.isEmpty]).toEqual([1, true]);
    page.add('{}', () => '');
    expect([page.size, page.isEmpty]).toEqual([3, false]);
  });

  it('is not empty once anything was rejected, and closes with its cursor', () => {
    const page = openPage();
    const rejection = { reason: 'dead', source: '/a', rawText: '' };
    page.reject(rejection);
    expect(page.isEmpty).toBe(false);
    expect(page.close(cursor, true)).toEqual({
      events: [],
      rejected: [rejection],
      skipped: 0,
      next: cursor,
      caughtUp: true,
    });
  });

  it('asks where a line stands only when it rejects it', () => {
    const page = openPage();
    page.add('{"a":1}', () => {
      throw new Error('asked');
    });
    expect(page.isEmpty).toBe(false);
  });
});
