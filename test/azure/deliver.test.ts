import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../functions/azure/deliver.ts';
import type { Stream } from '../../functions/azure/stream.ts';
import { bodies } from '../../functions/collect/bodies.ts';
import { parseJson } from '../../functions/tables/json.ts';
import type { Row } from '../../functions/tables/table.ts';
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
    post: async (gzip) => {
      sent.push(gunzipSync(gzip).toString());
      return { status: left.shift() ?? 204, headers: createHttpHeaders(), request: createPipelineRequest({ url }) };
    },
  };
  return { stream, sent };
}

function rowOf(EventId: string): Row {
  const none = { AdditionalFields: undefined, Truncated: undefined, EventTime: undefined };
  return { TimeGenerated: new Date(0), EventId, Account: 'a', ...none };
}

function onlyBody() {
  const [body] = bodies([rowOf('1')]);
  if (!body) throw new Error('There is no body.');
  return body;
}

describe('a body', () => {
  it('gives its memory back as soon as it is compressed, and is sent the same at every try', async () => {
    const { stream, sent } = answering(500, 429, 204);
    const body = onlyBody();
    const text = body.json.toString();
    expect(await deliver(body, stream, fakeRun(), new AbortController().signal)).toBe(text.length);
    expect(sent).toEqual([text, text, text]);
    expect(body.json.length).toBe(0);
  });

  it('is halved when it is too large, after its memory was given back', async () => {
    const { stream, sent } = answering(413, 204, 204);
    const rows = ['1', '2', '3'].map(rowOf);
    const [body] = bodies(rows);
    if (!body) throw new Error('There is no body.');
    await deliver(body, stream, fakeRun(), new AbortController().signal);
    expect(sent.slice(1).flatMap((text) => parseJson(text))).toMatchObject(rows.map(({ EventId }) => ({ EventId })));
    expect(sent).toHaveLength(3);
  });
});
