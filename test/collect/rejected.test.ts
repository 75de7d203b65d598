import { describe, expect, it } from 'vitest';
import { idOf } from '../../functions/collect/event-id.ts';
import { rejectedRow } from '../../functions/collect/rejected.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import { allColumns } from '../../functions/tables/table.ts';

const at = new Date('2026-03-02T09:15:04Z');
const line = { reason: 'the line is not JSON', source: '/cg/a:7', rawText: '{"a":' };
const deadFile = { reason: 'the file stayed unreadable', source: '/cg/a', rawText: '' };

describe('a row of what was rejected', () => {
  it('fills every column of its table', () => {
    const row = rejectedRow('SegCg', line, 'example', at);
    expect(Object.keys(row).toSorted()).toEqual(Object.keys(allColumns(mimecastRejected)).toSorted());
    expect(row).toMatchObject({
      TimeGenerated: at,
      EventTime: at,
      Account: 'example',
      Feed: 'SegCg',
      Reason: 'the line is not JSON',
      Source: '/cg/a:7',
      RawText: '{"a":',
    });
  });

  it('has the id of feed and raw text, so that the same line is one wherever it is read again', () => {
    const id = rejectedRow('SegCg', line, 'example', at).EventId;
    expect(id).toBe(idOf('SegCg', '{"a":'));
    expect(rejectedRow('SegCg', { ...line, source: '/cg/b:1', reason: 'x' }, 'example', new Date(0)).EventId).toBe(id);
    expect(rejectedRow('SegDlp', line, 'example', at).EventId).not.toBe(id);
    expect(rejectedRow('SegCg', { ...line, rawText: '{"b":' }, 'example', at).EventId).not.toBe(id);
  });

  it('has the id of feed and name when it is a dead file', () => {
    const id = rejectedRow('SegCg', deadFile, 'example', at).EventId;
    expect(id).toBe(idOf('SegCg', '/cg/a'));
    expect(rejectedRow('SegCg', { ...deadFile, reason: 'x' }, 'example', new Date(0)).EventId).toBe(id);
    expect(rejectedRow('SegCg', { ...deadFile, source: '/cg/b' }, 'example', at).EventId).not.toBe(id);
  });
});
