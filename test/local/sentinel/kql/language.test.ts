import { describe, expect, test } from 'vitest';
import { analyze, kustoSchema } from '../../../../local/sentinel/kql/language.ts';

const globals = kustoSchema({
  tables: [
    {
      name: 'Mail_CL',
      columns: {
        subject: 'string',
        Subject: 'string',
        size: 'long',
        score: 'real',
        isHeld: 'boolean',
        sentAt: 'dateTime',
        tags: 'dynamic',
        "it's": 'string',
      },
    },
  ],
  functions: [
    {
      name: 'Mail',
      parameters: '(since:datetime=datetime(null))',
      body: 'Mail_CL | where TimeGenerated >= since // all',
    },
    { name: 'Broken', parameters: '', body: 'Mail_CL | where absent == 1' },
    { name: 'UsesBroken', parameters: '', body: 'Broken | take 1' },
  ],
});

describe('analyze', () => {
  test('gives name and type of every result column', () => {
    const found = analyze(
      'Mail(ago(1d)) | project subject, Subject, size, score, isHeld, sentAt, tags, a = tags.a[0]',
      globals,
    );
    expect(found.diagnostics).toEqual([]);
    expect(found.isOpen).toBe(false);
    expect(found.columns).toEqual([
      { name: 'subject', type: 'string' },
      { name: 'Subject', type: 'string' },
      { name: 'size', type: 'long' },
      { name: 'score', type: 'real' },
      { name: 'isHeld', type: 'bool' },
      { name: 'sentAt', type: 'datetime' },
      { name: 'tags', type: 'dynamic' },
      { name: 'a', type: 'dynamic' },
    ]);
  });

  test('knows the columns that every table of a workspace has, once', () => {
    const { columns } = analyze('Mail_CL', globals);
    expect(columns.map(({ name }) => name)).toEqual([
      'TimeGenerated',
      'TenantId',
      'SourceSystem',
      'Type',
      '_ResourceId',
      'subject',
      'Subject',
      'size',
      'score',
      'isHeld',
      'sentAt',
      'tags',
      "it's",
    ]);
  });

  test('says where a query names an unknown column', () => {
    expect(analyze('Mail_CL | where absent == 1', globals).diagnostics).toEqual([
      expect.objectContaining({ code: 'KS142', severity: 'Error', start: 16, length: 6 }),
    ]);
  });

  test('reports an error inside a called function at the call, through all levels', () => {
    expect(analyze('UsesBroken | count', globals).diagnostics).toEqual([
      expect.objectContaining({ code: 'KS512', severity: 'Error', start: 0, length: 10 }),
    ]);
    expect(analyze('UsesBroken() | count', globals).diagnostics).toEqual([
      expect.objectContaining({ code: 'KS512', severity: 'Error', start: 0, length: 12 }),
    ]);
  });

  test('warns of a table that a fuzzy union lacks and leaves the result open', () => {
    const found = analyze('union isfuzzy=true Mail_CL, Absent_CL', globals);
    expect(found.diagnostics).toEqual([expect.objectContaining({ code: 'KS205', severity: 'Warning' })]);
    expect(found.isOpen).toBe(true);
  });

  test('reports what is no query at all', () => {
    expect(analyze('Mail_CL | wher x', globals).diagnostics.map(({ severity }) => severity)).toContain('Error');
  });
});
