import { describe, expect, test } from 'vitest';
import { logs, problems, tableNames as names } from '../minimal-environment.ts';

describe('LOGS_INGESTION is refused', () => {
  const without = (name: string) => names.filter((table) => table !== name);
  test.each<[string, string, string]>([
    ['when it is no JSON', '[{', 'LOGS_INGESTION is malformed: set it to JSON [{"endpoint"'],
    ['when it is no list', '{}', 'LOGS_INGESTION is malformed: set it to a list [{"endpoint"'],
    [
      'when an entry is no object',
      '["https://dce.example.com"]',
      'LOGS_INGESTION [0] must be an object with endpoint, rule and tables',
    ],
    [
      'when an endpoint is not https',
      logs({ endpoint: 'http://localhost' }),
      'LOGS_INGESTION [0].endpoint must be the https URL',
    ],
    ['when an endpoint is missing', logs({ endpoint: undefined }), 'LOGS_INGESTION [0].endpoint must be the https URL'],
    [
      'when an endpoint has a path',
      logs({ endpoint: 'https://dce.example.com/x' }),
      'LOGS_INGESTION [0].endpoint must be the https URL',
    ],
    ['when a rule is no immutable id', logs({ rule: 'my-rule' }), 'LOGS_INGESTION [0].rule must be the immutable id'],
    [
      'when tables are no list',
      logs({ tables: 'Audit_CL' }),
      'LOGS_INGESTION [0].tables must be a list of table names',
    ],
    [
      'when a table is no name',
      logs({ tables: [...names, 7] }),
      'LOGS_INGESTION [0].tables[13] must be a list of table names',
    ],
    [
      'when a needed table is missing',
      logs({ tables: without('Audit_CL') }),
      'LOGS_INGESTION lacks tables: add Audit_CL to',
    ],
    [
      'when Health is missing',
      logs({ tables: without('Mimecast_Health_CL') }),
      'LOGS_INGESTION lacks tables: add Mimecast_Health_CL to',
    ],
    [
      'when Rejected is missing',
      logs({ tables: without('Mimecast_Rejected_CL') }),
      'LOGS_INGESTION lacks tables: add Mimecast_Rejected_CL to',
    ],
    ['when it is an empty list', '[]', 'LOGS_INGESTION lacks tables: add Audit_CL, Seg_Cg_CL'],
    [
      'when a table stands twice',
      logs({ tables: [...names, 'Audit_CL'] }),
      'LOGS_INGESTION names tables more than once (Audit_CL)',
    ],
  ])('%s', (_, value, line) => {
    expect(problems({ LOGS_INGESTION: value })).toEqual([expect.stringContaining(line)]);
  });

  test('in one line for all that is wrong in it', () => {
    const value = logs({ rule: 'x', tables: ['Audit_CL', 'Audit_CL', 'Nothing'] });
    expect(problems({ LOGS_INGESTION: value })).toEqual([
      expect.stringMatching(/\[0\].rule.*; lacks tables.*; names tables more than once/),
    ]);
  });

  test('but not for a table beside ours', () => {
    expect(problems({ LOGS_INGESTION: logs({ tables: [...names, 'Other_CL', 'Other_CL'] }) })).toEqual([]);
  });

  test('for Health and Rejected alone, when no connector can be read', () => {
    const value = logs({ tables: [] });
    expect(problems({ CONNECTORS: '?', LOGS_INGESTION: value })).toEqual([
      expect.stringContaining('add Mimecast_Health_CL, Mimecast_Rejected_CL to'),
      expect.stringMatching('^CONNECTORS is malformed'),
    ]);
  });
});
