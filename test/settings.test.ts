import { describe, expect, test } from 'vitest';
import { connectors } from '../functions/connectors.ts';
import { type Environment, readSettings } from '../functions/settings.ts';
import { accountKey, logs, nowMs, problems, read, secret, tableNames } from './minimal-environment.ts';

describe('settings', () => {
  test('have defaults for all that need no choice', () => {
    expect(read()).toEqual({
      mimecastBaseUrl: 'https://api.services.mimecast.com',
      secrets: { kind: 'settings', clientId: 'id-of-the-application', clientSecret: secret },
      logsIngestion: [{ endpoint: 'https://dce.example.com', rule: 'dcr-0123456789abcdef', tables: tableNames }],
      checkpoints: { kind: 'url', url: 'https://account.table.core.windows.net', table: 'MimecastCheckpoints' },
      account: 'mimecast',
      managedIdentityClientId: undefined,
      monitorAudience: 'https://monitor.azure.com',
      connectors: new Set(['audit', 'seg', 'ttp', 'awareness', 'cloudIntegrated']),
      startDate: '2026-09-22',
      runBudgetMs: 240_000,
    });
  });

  test('are taken without blanks around them', () => {
    const padded = { ACCOUNT: ' north ', MIMECAST_CLIENT_SECRET: `${secret}\n`, RUN_BUDGET_SECONDS: ' 30' };
    expect(read(padded)).toMatchObject({ account: 'north', secrets: { clientSecret: secret }, runBudgetMs: 30_000 });
  });

  test.each<[string, Environment, object]>([
    [
      'another gateway',
      { MIMECAST_BASE_URL: 'https://gateway.example.com:8443/' },
      { mimecastBaseUrl: 'https://gateway.example.com:8443' },
    ],
    [
      'http on this machine',
      { MIMECAST_BASE_URL: 'http://127.0.0.7:8080' },
      { mimecastBaseUrl: 'http://127.0.0.7:8080' },
    ],
    [
      'http on this machine, by name',
      { MIMECAST_BASE_URL: 'http://localhost:1' },
      { mimecastBaseUrl: 'http://localhost:1' },
    ],
    ['http on this machine, by IPv6', { MIMECAST_BASE_URL: 'http://[::1]:1' }, { mimecastBaseUrl: 'http://[::1]:1' }],
    [
      'a user-assigned identity',
      { AZURE_CLIENT_ID: '0F1E2D3C-0000-4000-8000-123456789abc' },
      { managedIdentityClientId: '0F1E2D3C-0000-4000-8000-123456789abc' },
    ],
    ['Government', { AZURE_CLOUD: 'usgov' }, { monitorAudience: 'https://monitor.azure.us' }],
    ['some connectors', { CONNECTORS: 'ttp, audit,' }, { connectors: new Set(['audit', 'ttp']) }],
    ['today as first day', { START_DATE: '2026-11-21' }, { startDate: '2026-11-21' }],
    ['a leap day', { START_DATE: '2024-02-29' }, { startDate: '2024-02-29' }],
    ['a budget without upper bound', { RUN_BUDGET_SECONDS: '100000' }, { runBudgetMs: 100_000_000 }],
    [
      'an emulator by URL',
      { CHECKPOINT_STORAGE: 'http://127.0.0.1:10002/devstoreaccount1/', CHECKPOINT_TABLE: 'Other1' },
      { checkpoints: { kind: 'url', url: 'http://127.0.0.1:10002/devstoreaccount1', table: 'Other1' } },
    ],
  ])('may say: %s', (_, change, expected) => {
    expect(read(change)).toMatchObject(expected);
  });

  test('take a vault rather than the secrets, whatever those say', () => {
    const vault = {
      KEY_VAULT_URL: 'https://vault.example.com/',
      MIMECAST_CLIENT_ID: '',
      MIMECAST_CLIENT_SECRET: undefined,
    };
    expect(read(vault).secrets).toEqual({ kind: 'vault', url: 'https://vault.example.com' });
  });

  test.each([
    'UseDevelopmentStorage=true',
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${accountKey};EndpointSuffix=core.windows.net`,
    `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=${accountKey};TableEndpoint=http://127.0.0.1:10002/a;`,
    'TableEndpoint=https://a.table.core.windows.net/;SharedAccessSignature=sv=2024&sig=abc%3D',
  ])('take the connection string %s', (text) => {
    const { checkpoints } = read({ CHECKPOINT_STORAGE: text });
    expect(checkpoints).toEqual({ kind: 'connectionString', connectionString: text, table: 'MimecastCheckpoints' });
  });

  test('need no tables of connectors that are off, and let them be listed', () => {
    const audit = {
      CONNECTORS: 'audit',
      LOGS_INGESTION: logs({ tables: ['Mimecast_Health_CL', 'Audit_CL', 'Mimecast_Rejected_CL', 'Seg_Cg_CL'] }),
    };
    expect(read(audit).logsIngestion[0]?.tables).toHaveLength(4);
  });

  test('may spread the tables over rules and endpoints', () => {
    const entry = (tables: readonly string[], rule: string) => ({
      endpoint: 'https://dce.example.com:444',
      rule,
      tables,
    });
    const two = [entry(tableNames.slice(0, 10), 'dcr-a'), entry(tableNames.slice(10), 'dcr-b')];
    expect(read({ LOGS_INGESTION: JSON.stringify(two) }).logsIngestion).toEqual(two);
  });
});

const required = ['MIMECAST_CLIENT_ID', 'MIMECAST_CLIENT_SECRET', 'LOGS_INGESTION', 'CHECKPOINT_STORAGE'];
const optional = [
  'MIMECAST_BASE_URL',
  'KEY_VAULT_URL',
  'CHECKPOINT_TABLE',
  'ACCOUNT',
  'AZURE_CLIENT_ID',
  'AZURE_CLOUD',
  'CONNECTORS',
  'START_DATE',
  'RUN_BUDGET_SECONDS',
];

describe('a setting is refused by name', () => {
  test.each(required)('when %s is missing', (name) => {
    expect(problems({ [name]: undefined })).toEqual([expect.stringMatching(`^${name} is missing: set it to .{10}`)]);
  });

  test.each(
    [...required, ...optional].flatMap((name) => [
      [name, 'empty', ''],
      [name, 'blank', ' \t '],
    ]),
  )('when %s is %s', (name = '', _, value) => {
    expect(problems({ [name]: value })).toEqual([expect.stringMatching(`^${name} is blank: set it to .{10}`)]);
  });

  const badUrls = [
    'api.services.mimecast.com',
    'http://api.services.mimecast.com',
    'http://127.0.0.1.example.com',
    'http://128.0.0.1',
    'http://10.0.0.1',
    'ftp://localhost',
    `https://user:${secret}@host.example.com`,
    `https://host.example.com/?sig=${secret}`,
    'https://host.example.com/#part',
    'https://user@host.example.com',
    'https://',
  ];
  const malformed: readonly (readonly [string, readonly string[]])[] = [
    ['MIMECAST_BASE_URL', [...badUrls, 'https://host.example.com/api']],
    ['KEY_VAULT_URL', [...badUrls, 'https://vault.example.com/secrets']],
    ['CHECKPOINT_TABLE', ['ab', '1abc', 'with-dash', 'a'.repeat(64)]],
    ['ACCOUNT', ['a/b', 'a\\b', 'a#b', 'a?b', 'a\u0007b', 'a\u0085b', 'a'.repeat(101)]],
    ['AZURE_CLIENT_ID', ['identity', '0f1e2d3c00004000800012345678 9abc']],
    ['AZURE_CLOUD', ['AzureUSGovernment', 'china']],
    ['CONNECTORS', ['audit,mail', 'all', ',', ' , ']],
    [
      'START_DATE',
      ['2026-11-22', '2026-02-30', '2025-02-29', '2026-13-01', '21.11.2026', '2026-1-1', '2026-11-21T00:00:00Z'],
    ],
    ['RUN_BUDGET_SECONDS', ['0', '-1', '1.5', '1e3', '0x10', 'ten', '60s']],
    [
      'CHECKPOINT_STORAGE',
      [
        ...badUrls,
        accountKey,
        `AccountName=a;AccountKey=${accountKey}`,
        `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=;EndpointSuffix=x`,
        `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=${accountKey};EndpointSuffix=core.windows.net`,
        `TableEndpoint=http://a.example.com;SharedAccessSignature=${secret}`,
        'TableEndpoint=https://a.example.com',
        'UseDevelopmentStorage=false',
      ],
    ],
  ];
  test.each(malformed.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    'when %s is %j',
    (name, value) => {
      const found = problems({ [name]: value });
      expect(found).toEqual([expect.stringMatching(`^${name} is malformed: set it to .{6}`)]);
      expect(found.join()).not.toMatch(new RegExp(`${secret}|${accountKey}`));
    },
  );

  test('with the connectors there are', () => {
    expect(problems({ CONNECTORS: 'mail' }).join()).toContain('audit, seg, ttp, awareness, cloudIntegrated');
  });

  test('with the default it has', () => {
    expect(problems({ RUN_BUDGET_SECONDS: 'x' })).toEqual([expect.stringContaining('remove it for the default 240')]);
  });

  test('with the other way, when there are neither secrets nor a vault', () => {
    const none = problems({ MIMECAST_CLIENT_ID: undefined, MIMECAST_CLIENT_SECRET: undefined });
    expect(none).toEqual([
      expect.stringMatching('^MIMECAST_CLIENT_ID .*KEY_VAULT_URL'),
      expect.stringMatching('^MIMECAST_CLIENT_SECRET .*KEY_VAULT_URL'),
    ]);
  });

  test('together with every other one', () => {
    const everything = Object.fromEntries([...required, ...optional].map((name) => [name, ' ']));
    const named = new Set(problems(everything).map((line) => line.split(' ')[0]));
    expect(named).toEqual(new Set([...required, ...optional].filter((name) => !name.startsWith('MIMECAST_CLIENT'))));
  });

  test('together with every other one, none of them there', () => {
    expect(() => readSettings({}, connectors, nowMs)).toThrow(
      /MIMECAST_CLIENT_ID is missing.*\nMIMECAST_CLIENT_SECRET is missing.*\nLOGS_INGESTION is missing.*\nCHECKPOINT_STORAGE is missing.*$/,
    );
  });
});
