import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Overview } from '../../../local/server/overview.ts';
import { startPageServer } from '../../../local/server/page-server.ts';
import { type SmallSentinel, startSmallSentinel, startMs, stateFolder } from './small-sentinel.ts';

vi.setConfig({ testTimeout: startMs, hookTimeout: startMs });

let forget: () => Promise<void>;
let sentinel: SmallSentinel;
let url: string;

beforeAll(async () => {
  const [path, remove] = await stateFolder();
  forget = remove;
  sentinel = await startSmallSentinel({ path });
  ({ url } = sentinel.page);
  await sentinel.settled();
});
afterAll(async () => {
  await sentinel.close();
  await forget();
});

const get = (path: string) => fetch(`${url}${path}`);
const post = (path: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}${path}`, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });

test('the overview says what is read, how each connector is, and what landed', async () => {
  const overview: Overview = JSON.parse(await (await get('/api/overview')).text());
  expect(overview.source).toMatchObject({ kind: 'simulated', days: 1, users: 20 });
  expect(overview.connectors.map(({ name }) => name)).toEqual(['Audit', 'Seg', 'Ttp', 'Awareness', 'CloudIntegrated']);
  expect(overview.tables).toHaveLength(13);
  expect(overview.switches.map(({ name, isOn }) => [name, isOn])).toContainEqual(['outage', false]);
});

test('rows are listed in pages, searched, and shown in full', async () => {
  const rowsOf = async (query: string) => {
    const answer: { rows: { id: number; timeGenerated: number }[]; isMore: boolean } = JSON.parse(
      await (await get(`/api/rows?table=Audit_CL&${query}`)).text(),
    );
    return answer;
  };
  const first = await rowsOf('limit=20');
  expect([first.rows.length, first.isMore]).toEqual([20, true]);
  const last = first.rows.at(-1);
  const second = await rowsOf(`limit=20&afterTime=${last?.timeGenerated}&afterId=${last?.id}`);
  expect([second.rows.length, second.isMore]).toEqual([10, false]);
  expect((await rowsOf('search=nowhere+to+be+found')).rows).toEqual([]);
  const row = JSON.parse(await (await get(`/api/row?table=Audit_CL&id=${last?.id}`)).text());
  expect(row.columns).toMatchObject({ TimeGenerated: 'dateTime', auditType: 'string' });
  expect(row.row.EventId).toHaveLength(22);
});

test('the history has a bar for every table', async () => {
  const answer = JSON.parse(await (await get('/api/history?time=event&span=fortnight')).text());
  expect(answer.series).toHaveLength(13);
});

test.each([
  ['/api/rows?table=Nobody_CL', 400],
  ['/api/rows?table=Audit_CL&limit=100000', 400],
  ['/api/history?time=never&span=hour', 400],
  ['/api/row?table=Audit_CL&id=999999', 404],
  ['/api/nothing', 404],
  ['/../../package.json', 404],
])('%s is refused with %i', async (path, status) => {
  const answer = await get(path);
  expect(answer.status).toBe(status);
  expect(JSON.parse(await answer.text()).error).toMatch(/./);
});

test('workbooks are listed and read, and nothing else of the folder', async () => {
  const names: string[] = JSON.parse(await (await get('/api/workbooks')).text());
  expect(names).toContain('Mimecast_Audit_Workbook');
  const workbook = JSON.parse(await (await get(`/api/workbook?name=${names[0]}`)).text());
  expect(workbook.version).toBe('Notebook/1.0');
  expect((await get('/api/workbook?name=../package')).status).toBe(404);
});

test('a query is answered, and one that makes no sense with what is wrong', async () => {
  const answerTo = async (query: string) =>
    JSON.parse(await (await post('/api/query', JSON.stringify({ query }))).text());
  expect(await answerTo('MimecastAudit | summarize Events = count()')).toMatchObject({
    columns: [{ name: 'Events', type: 'long' }],
    rows: [[30]],
  });
  expect(await answerTo('Audit_CL\n| where absent')).toMatchObject({ line: 2, column: 9 });
  expect((await post('/api/query', '{"query":5}')).status).toBe(400);
});

test('a connector runs when asked to, and a switch is thrown', async () => {
  const runs = () => sentinel.runs.filter(({ feed }) => feed === 'Audit').length;
  const before = runs();
  expect((await post('/api/run', '{"connector":"Audit"}')).status).toBe(200);
  await expect.poll(runs, { timeout: 20_000 }).toBeGreaterThan(before);
  expect((await post('/api/run', '{"connector":"Nobody"}')).status).toBe(404);
  expect((await post('/api/switch', '{"name":"outage","isOn":true}')).status).toBe(200);
  expect(sentinel.switches.list().find(({ name }) => name === 'outage')?.isOn).toBe(true);
  expect((await post('/api/switch', '{"name":"outage","isOn":false}')).status).toBe(200);
  expect((await post('/api/switch', '{"name":"nothing","isOn":true}')).status).toBe(404);
  expect((await post('/api/switch', '{"name":"outage"}')).status).toBe(400);
  expect((await post('/api/switch', '{"name"')).status).toBe(400);
});

/** Asks as a browser would that another site has sent here. */
async function askAs(headers: Readonly<Record<string, string>>, method = 'GET'): Promise<number | undefined> {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/api/overview`, { method, headers }, resolve)
      .on('error', reject)
      .end(method === 'POST' ? '{}' : undefined);
  });
  await text(reply);
  return reply.statusCode;
}

test('other sites get nothing', async () => {
  const json = { 'Content-Type': 'application/json' };
  expect(await askAs({ Host: 'rebound.example.com' })).toBe(403);
  expect(await askAs({ ...json, Origin: 'https://example.com' }, 'POST')).toBe(403);
  expect(await askAs({ 'Content-Type': 'text/plain' }, 'POST')).toBe(403);
  expect(await askAs({ Host: 'localhost:1' })).toBe(200);
  const { headers } = await get('/api/overview');
  expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('the stream sends the overview at once, and again when it has changed', async () => {
  const leave = new AbortController();
  const { body } = await fetch(`${url}/api/stream`, { signal: leave.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const events = () => heard.split('\n\n').length - 1;
  const hearAnother = async () => {
    for (const before = events(); events() === before;) heard += (await reader?.read())?.value ?? '';
  };
  await hearAnother();
  await post('/api/run', '{"connector":"Audit"}');
  await hearAnother();
  expect(heard).toMatch(/^data: \{"now":\d+/);
  leave.abort();
});

test('a port that is taken is named, and what to do', async () => {
  const port = Number(new URL(url).port);
  const again = startPageServer({ port, files: Promise.resolve(new Map()), sentinel: Promise.resolve(sentinel) });
  await expect(again).rejects.toThrow(
    `Port ${port} is in use. Stop what uses it, or take another one: npm start -- --port ${port + 1}`,
  );
});

test('a query is helped with while it is written, and the sources are told', async () => {
  const asked = await post('/api/assistance', JSON.stringify({ writing: 'Audit_CL | where use', caret: 20 }));
  const { completions, faults } = JSON.parse(await asked.text());
  expect(completions[0]).toMatchObject({ label: 'user', kind: 'column' });
  expect(faults).toMatchObject([{ line: 1, column: 18 }]);
  expect((await post('/api/assistance', '{"writing":7}')).status).toBe(400);
  const sources: { name: string }[] = JSON.parse(await (await get('/api/sources')).text());
  expect(sources.map(({ name }) => name)).toEqual(expect.arrayContaining(['MimecastCG', 'Seg_Cg_CL']));
});
