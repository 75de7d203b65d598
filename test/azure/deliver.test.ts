import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../functions/azure/deliver.ts';
import type { Stream } from '../../functions/azure/stream.ts';
import { bodies } from '../../functions/collect/bodies.ts';
import { fakeRun } from './run.ts';

/** A stream that answers with these statuses, one after the other, and keeps what it was sent. */
function answering(...statuses: readonly number[]) {
  const sent: string[] = [];
  const left = [...statuses];
  const url = 'https://rule.ingest.monitor.azure.com/';
  const stream: Stream = {
    table: 'Audit_CL',
    destination: { endpoint: url, rule: 'dcr-1', tables: ['Audit_CL'] },
    audience: 'https://monitor.azure.com',
    timeoutMs: 1000,
    post: async (json) => {
      sent.push(json.toString());
      return { status: left.shift() ?? 204, headers: createHttpHeaders(), request: createPipelineRequest({ url }) };
    },
  };
  return { stream, sent };
}

function onlyBody() {
  const [body] = bodies([
    {
      TimeGenerated: new Date(0),
      EventId: '1',
      EventTime: undefined,
      Account: 'a',
      AdditionalFields: {},
      Truncated: '',
    },
  ]);
  if (!body) throw new Error('There is no body.');
  return body;
}

describe('a body', () => {
  it('gives its memory back once it is accepted', async () => {
    const { stream, sent } = answering(204);
    const body = onlyBody();
    expect(await deliver(body, stream, fakeRun(), AbortSignal.any([]))).toBe(body.bytes);
    expect(sent).toHaveLength(1);
    expect(body.json.length).toBe(0);
  });

  it('keeps its memory where an earlier try may still read it', async () => {
    const { stream, sent } = answering(500, 204);
    const body = onlyBody();
    await deliver(body, stream, fakeRun(), AbortSignal.any([]));
    expect(sent).toEqual([body.json.toString(), body.json.toString()]);
    expect(body.json.length).toBe(body.bytes);
  });
});
