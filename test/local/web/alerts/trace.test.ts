import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../functions/tables/json.ts';
import { parsersOf } from '../../../../local/sentinel/content/parser-file.ts';
import { workspace } from '../../../../local/sentinel/content/workspace.ts';
import { analyze } from '../../../../local/sentinel/kql/language.ts';
import { isProblem } from '../../../../local/sentinel/query/query.ts';
import { queryRunner } from '../../../../local/sentinel/query/run-query.ts';
import { traceQuery, tracedEntity, tracedText } from '../../../../local/web/alerts/trace.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'parsers-kql');
const files = readdirSync(folder).map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
const globals = workspace(parsersOf(files));
const run = queryRunner(globals);
const at = Date.parse('2026-11-20T10:00:00Z');

/** Rows by table, each an event a minute after the one before. */
const landed: Readonly<Record<string, readonly JsonObject[]>> = {
  Audit_CL: [
    { EventId: 'a', user: 'anna@contoso.example', auditType: 'User Logged On' },
    { EventId: 'b', user: 'bert@contoso.example', auditType: 'User Logged On' },
  ],
  Ttp_Url_CL: [
    { EventId: 'c', userEmailAddress: 'anna@contoso.example', url: 'https://bad.example/', action: 'allow' },
  ],
  Seg_Cg_CL: [{ EventId: 'd', senderEnvelope: 'x@bad.example', recipients: 'anna@contoso.example', type: 'receipt' }],
};

function found(value: string) {
  const traced = tracedText(value) ?? { kind: 'address' as const, value };
  const answer = run(
    { query: traceQuery(traced), rowLimit: 100 },
    {
      nowMs: at,
      rows: (table) =>
        (landed[table] ?? []).map((cells, index) => {
          const time = new Date(at + index).toISOString();
          const row = { TimeGenerated: time, EventTime: time, Account: 'mimecast', ...cells };
          return { timeGenerated: at, arrival: at, row };
        }),
    },
  );
  if (isProblem(answer)) throw new Error(answer.problem);
  return answer.rows.map((row) => row[1]);
}

describe('a trace', () => {
  test.each(['address', 'ip', 'hash', 'url', 'message'] as const)('of a %s is a sound query', (kind) => {
    expect(analyze(traceQuery({ kind, value: 'x' }), globals).diagnostics).toEqual([]);
  });

  test('finds who sent, got, clicked and logged on', () => {
    expect(new Set(found('anna@contoso.example'))).toEqual(new Set(['MimecastAudit', 'MimecastCG', 'MimecastTTPUrl']));
    expect(found('https://bad.example/')).toEqual(['MimecastTTPUrl']);
  });

  test.each([`"; Audit_CL //`, `x' or 1==1 or 'a`, 'a\\', 'two\nlines', '\u2028\u202Eמ'])(
    'takes %j as text',
    (value) => {
      expect(found(value)).toEqual([]);
    },
  );
});

test('what a text is decides how it is traced', () => {
  const kinds = [
    'anna@contoso.example',
    '<1@x.example>',
    '203.0.113.7',
    '2001:db8::1',
    'a'.repeat(64),
    'http://x/',
    'No',
  ].map((text) => tracedText(text)?.kind);
  expect(kinds).toEqual(['address', 'message', 'ip', 'ip', 'hash', 'url', undefined]);
});

test('an account is traced by the address that its parts make', () => {
  expect(tracedEntity({ Name: 'anna', UPNSuffix: 'contoso.example' })).toEqual([
    { kind: 'address', value: 'anna@contoso.example' },
  ]);
  expect(tracedEntity({ Sender: 'x@bad.example', InternetMessageId: '<7@bad.example>' })).toHaveLength(2);
});
