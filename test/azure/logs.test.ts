import { ManagedIdentityCredential } from '@azure/identity';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Credential, cached } from '../../functions/azure/credential.ts';
import { azureLogs } from '../../functions/azure/logs.ts';
import type { LogsOptions } from '../../functions/azure/stream.ts';
import { bodies } from '../../functions/collect/bodies.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Run } from '../../functions/collect/ports.ts';
import { audit } from '../../functions/tables/audit.ts';
import { mimecastRejected } from '../../functions/tables/mimecast-rejected.ts';
import { type Row, type Table, allColumns } from '../../functions/tables/table.ts';
import { serve } from '../../local/azure/server.ts';
import { type Ingestion, startIngestion } from '../../local/sentinel/ingestion.ts';
import { type Stage, hosts, stage } from '../local/azure/stage.ts';
import { fakeRun } from './run.ts';

type AuditRow = Row<typeof audit.columns>;

let set: Stage;
let ingestion: Ingestion;
let credential: Credential;

beforeAll(async () => {
  set = await stage();
});
afterAll(async () => set.identity.close());
beforeEach(async () => {
  ingestion = await startIngestion({
    ...set,
    rules: [
      { id: 'dcr-1', tables: ['Audit_CL'] },
      { id: 'dcr-2', tables: ['Mimecast_Rejected_CL'] },
    ],
    columns: (table) => allColumns(table === 'Audit_CL' ? audit : mimecastRejected),
  });
  credential = cached(new ManagedIdentityCredential(), { now: () => Date.now(), wait: async () => undefined });
});
afterEach(async () => ingestion.close());

function logs(changes: Partial<LogsOptions> = {}) {
  const endpoint = ingestion.endpoint(hosts.ingestion);
  const destinations = [
    { endpoint, rule: 'dcr-1', tables: ['Audit_CL'] },
    { endpoint, rule: 'dcr-2', tables: ['Mimecast_Rejected_CL'] },
  ];
  const azure = azureLogs({ destinations, credential, audience: 'https://monitor.azure.com', ...changes });
  return { write: (table: Table, rows: Iterable<Row>, run: Run) => azure.write(table, bodies(rows), run) };
}

function auditRows(count: number, eventInfo = ''): AuditRow[] {
  const TimeGenerated = new Date();
  const none = { EventTime: undefined, AdditionalFields: undefined, Truncated: undefined, SourceId: undefined };
  const cells = { auditType: undefined, user: undefined, eventTime: undefined, category: undefined, eventInfo };
  const common = { ...none, ...cells, TimeGenerated, Account: 'mimecast' };
  return Array.from({ length: count }, (_, index) => ({ ...common, EventId: `event ${index}` }));
}

const landed = () => [...ingestion.store.rows('Audit_CL')].map(({ row }) => row['EventId']);
const idsOf = (rows: readonly AuditRow[]) => rows.map(({ EventId }) => EventId);

async function failure(rows: AuditRow[], run: Run = fakeRun(), changes: Partial<LogsOptions> = {}) {
  const error = await logs(changes)
    .write(audit, rows, run)
    .catch((reason: unknown) => reason);
  if (!(error instanceof ConnectorError)) throw new Error('expected a ConnectorError', { cause: error });
  return error;
}

describe('what is accepted', () => {
  it('lands every row in near full, compressed bodies and returns their bytes', async () => {
    const rows = auditRows(3_000, 'x'.repeat(1_000));
    expect(await logs().write(audit, rows, fakeRun())).toBe(ingestion.totals.bytes);
    expect(new Set(landed())).toEqual(new Set(idsOf(rows)));
    expect(landed()).toHaveLength(rows.length);
    expect(ingestion.totals).toMatchObject({ bodies: 4, rows: 3_000, full: 3 });
    for (const { bytes, compressedBytes } of ingestion.bodies) expect(compressedBytes).toBeLessThan(bytes / 5);
    expect(ingestion.losses()).toEqual([]);
  });

  it('sends each table to its own rule', async () => {
    const rejected = { ...auditRows(1)[0], Feed: 'Audit', Reason: 'broken', Source: 'a', RawText: '{' };
    const { TimeGenerated, EventId, EventTime, Account, AdditionalFields, Truncated, ...cells } = rejected;
    const { Feed, Reason, Source, RawText } = cells;
    const common = { TimeGenerated, EventId, EventTime, Account, AdditionalFields, Truncated };
    await logs().write(mimecastRejected, [{ ...common, Feed, Reason, Source, RawText }], fakeRun());
    expect(ingestion.store.count('Mimecast_Rejected_CL')).toBe(1);
  });

  it('sends nothing when there are no rows', async () => {
    expect(await logs().write(audit, [], fakeRun())).toBe(0);
    expect(ingestion.requests).toBe(0);
  });
});

describe('what passes by itself', () => {
  it('waits for the quota as told and counts the time', async () => {
    ingestion.trouble({ kind: 'throttled', retryAfterSeconds: 37, times: 2 });
    const run = fakeRun();
    await logs().write(audit, auditRows(1), run);
    expect(run.throttledMs()).toBe(74_000);
    expect(landed()).toHaveLength(1);
  });

  it('waits from five seconds on when the quota names no time', async () => {
    ingestion.trouble({ kind: 'throttled', times: 2 });
    const run = fakeRun();
    await logs().write(audit, auditRows(1), run);
    expect(run.throttledMs()).toBe(15_000);
  });

  it('throws at once when the wait would pass the deadline', async () => {
    ingestion.trouble({ kind: 'throttled', retryAfterSeconds: 241 });
    expect(await failure(auditRows(1))).toMatchObject({ fault: 'throttled', waitMs: 241_000 });
    expect(ingestion.requests).toBe(1);
  });

  it.for([
    { kind: 'status500' },
    { kind: 'status502' },
    { kind: 'status503', retryAfterSeconds: 20 },
    { kind: 'status504' },
    { kind: 'partial', every: 1, status: 408 },
    { kind: 'resetBefore' },
  ] as const)('gets over $kind', async (trouble) => {
    ingestion.trouble({ ...trouble, times: 3 });
    await logs().write(audit, auditRows(2), fakeRun());
    expect(landed()).toHaveLength(2);
    expect(ingestion.requests).toBe(4);
  });

  it.for(['status500', 'resetBefore', 'down'] as const)('gives up on %s as unavailable', async (kind) => {
    ingestion.trouble({ kind });
    expect(await failure(auditRows(1))).toMatchObject({ fault: 'unavailable' });
  });

  it('sends rows again when the connection broke off after they were accepted', async () => {
    ingestion.trouble({ kind: 'resetAfterAccept', times: 1 });
    await logs().write(audit, auditRows(1), fakeRun());
    expect(landed()).toEqual(['event 0', 'event 0']);
  });

  it('gives a call up that does not answer in time', async () => {
    ingestion.trouble({ kind: 'hang', times: 1 });
    await logs({ timeoutMs: 200 }).write(audit, auditRows(1), fakeRun());
    expect(landed()).toHaveLength(1);
  });

  it('gives up a hanging endpoint when the run aborts', async () => {
    ingestion.trouble({ kind: 'hang' });
    const abort = new AbortController();
    const failed = failure(auditRows(5_000, 'x'.repeat(1_000)), fakeRun({ abort: abort.signal }));
    await vi.waitFor(() => expect(ingestion.requests).toBe(4));
    abort.abort();
    expect(await failed).toMatchObject({ fault: 'unavailable', code: 'aborted' });
  });
});

describe('an identity that does not answer', () => {
  const scope = 'https://monitor.azure.com/.default';

  it('is asked again, and the rows land', async () => {
    let asked = 0;
    const getToken = async () => {
      if (asked++ < 2) throw new Error('no reply');
      return new ManagedIdentityCredential().getToken(scope);
    };
    await logs({ credential: cached({ getToken }, fakeRun().clock) }).write(audit, auditRows(1), fakeRun());
    expect([asked, landed().length]).toEqual([3, 1]);
  });

  it('does not hold up a run that ends', async () => {
    const asked = Promise.withResolvers<void>();
    const getToken = () => {
      asked.resolve();
      return new Promise<never>(() => undefined);
    };
    const abort = new AbortController();
    const changes = { credential: cached({ getToken }, fakeRun().clock) };
    const failed = failure(auditRows(1), fakeRun({ abort: abort.signal }), changes);
    await asked.promise;
    abort.abort();
    expect(await failed).toMatchObject({ fault: 'unavailable', code: 'aborted' });
  });
});

describe('a body that is too large', () => {
  it('is sent in halves', async () => {
    ingestion.trouble({ kind: 'tooLarge', times: 3 });
    const rows = auditRows(10);
    const bytes = await logs().write(audit, rows, fakeRun());
    expect(landed()).toEqual(idsOf(rows));
    expect(bytes).toBe(ingestion.totals.bytes);
    expect(ingestion.bodies.map((body) => body.rows)).toEqual([2, 1, 2, 5]);
  });

  it('is shortened to half when it is a single big row', async () => {
    ingestion.trouble({ kind: 'tooLarge', times: 2 });
    await logs().write(audit, auditRows(1, 'y'.repeat(200_000)), fakeRun());
    const [stored] = ingestion.store.rows('Audit_CL');
    expect(stored?.row['Truncated']).toBe('eventInfo');
    expect(ingestion.totals.bytes).toBeGreaterThan(45_000);
    expect(ingestion.totals.bytes).toBeLessThan(51_000);
  });

  it('is unavailable, and tried again, when it is a single small row', async () => {
    ingestion.trouble({ kind: 'tooLarge', times: 4 });
    expect(await failure(auditRows(1))).toMatchObject({ fault: 'unavailable', code: 'row_too_large' });
    expect(ingestion.requests).toBe(4);
    await logs().write(audit, auditRows(1), fakeRun());
    expect(landed()).toHaveLength(1);
  });
});

describe('what somebody must set right', () => {
  it('is not sent again in a run once the rule has refused the identity', async () => {
    ingestion.trouble({ kind: 'forbidden' });
    const error = await failure(auditRows(1));
    expect(error).toMatchObject({ fault: 'unavailable', code: 'dcr_forbidden' });
    expect(error.message).toMatch(/Monitoring Metrics Publisher.*dcr-1/);
    expect(ingestion.requests).toBe(1);
  });

  it('gets over one refused token', async () => {
    ingestion.trouble({ kind: 'unauthorized', times: 1 });
    await logs().write(audit, auditRows(1), fakeRun());
    expect(landed()).toHaveLength(1);
  });

  it('is denied when a second token is refused too', async () => {
    const error = await failure(auditRows(1), fakeRun(), { audience: 'https://monitor.azure.us' });
    expect(error).toMatchObject({ fault: 'denied', code: 'token_refused' });
    expect(error.message).toMatch(/AZURE_CLOUD.*https:\/\/monitor\.azure\.us/);
    expect(ingestion.requests).toBe(2);
  });

  it.for([
    { said: 'a rule that is not there', rule: 'dcr-9', status: 404 },
    { said: 'a table the rule has no stream for', rule: 'dcr-2', status: 400 },
  ])('is denied for $said, naming the setting, the table and the rule', async ({ rule, status }) => {
    const destinations = [{ endpoint: ingestion.endpoint(hosts.ingestion), rule, tables: ['Audit_CL'] }];
    const error = await failure(auditRows(1), fakeRun(), { destinations });
    expect(error.fault).toBe('denied');
    expect(error.message).toMatch(new RegExp(`^LOGS_INGESTION .*Audit_CL.*${status}.*${rule}`));
    expect(ingestion.requests).toBe(1);
  });

  it('is denied when the identity is wrong, naming AZURE_CLIENT_ID, and nothing is sent', async () => {
    set.identity.trouble({ kind: 'partial', every: 1, status: 400 });
    const error = await failure(auditRows(1), fakeRun(), { audience: 'https://not-yet-asked-for.example' });
    await set.identity.calm();
    expect(error).toMatchObject({ fault: 'denied', message: expect.stringContaining('AZURE_CLIENT_ID') });
    expect(ingestion.requests).toBe(0);
  });

  it('is denied for a table without a rule', async () => {
    const error = await failure(auditRows(1), fakeRun(), { destinations: [] });
    expect(error).toMatchObject({ fault: 'denied', message: expect.stringMatching(/LOGS_INGESTION.*Audit_CL/) });
  });

  it('is malformed for an answer the contract does not know, and no redirect is followed', async () => {
    const moved = await serve({
      tls: set.tls,
      handle: () => ({ status: 307, headers: { Location: ingestion.endpoint(hosts.ingestion) } }),
      refuse: (status) => ({ status }),
      concerns: () => false,
    });
    const endpoint = `https://127.0.0.1:${moved.port}`;
    const destinations = [{ endpoint, rule: 'dcr-1', tables: ['Audit_CL'] }];
    const error = await failure(auditRows(1), fakeRun(), { destinations });
    expect(error).toMatchObject({ fault: 'malformed', message: expect.stringContaining('307') });
    expect([moved.requests, ingestion.requests]).toEqual([1, 0]);
    await moved.close();
  });
});

describe('several bodies', () => {
  const rows = auditRows(9_000, 'x'.repeat(1_000));

  it('fail as one when any is refused, and leave nothing on its way', async () => {
    ingestion.trouble({ kind: 'partial', every: 3, status: 403, times: 1 });
    expect(await failure(rows)).toMatchObject({ code: 'dcr_forbidden' });
    const { requests } = ingestion;
    expect(requests).toBeLessThan(10);
    expect(ingestion.totals.bodies).toBe(requests - 1);
    await logs().write(audit, auditRows(1), fakeRun());
    expect(ingestion.requests).toBe(requests + 1);
  });

  it('all land though every third call is refused for a while', async () => {
    ingestion.trouble({ kind: 'partial', every: 3, status: 500 });
    const bytes = await logs().write(audit, rows, fakeRun());
    expect(landed()).toHaveLength(rows.length);
    expect(bytes).toBe(ingestion.totals.bytes);
  });
});
