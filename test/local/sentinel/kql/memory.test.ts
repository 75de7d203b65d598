import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../local/sentinel/kql/evaluate.ts';
import { analyze, kustoSchema } from '../../../../local/sentinel/kql/language.ts';
import { createMemory } from '../../../../local/sentinel/kql/memory.ts';
import type { Match, SourceRow } from '../../../../local/sentinel/kql/scope.ts';

const globals = kustoSchema({
  tables: [{ name: 'Mail_CL', columns: { EventId: 'string', type: 'string', size: 'long' } }],
  functions: [
    {
      name: 'Mail',
      parameters: '(types:dynamic=dynamic([]), least:long=0)',
      body: `union isfuzzy=true (datatable(TimeGenerated:datetime, Came:datetime)[]),
        (Mail_CL | extend Came = ingestion_time()
          | where isempty(column_ifexists("EventId", "")) == false
          | where coalesce(array_length(types), 0) == 0 or coalesce(column_ifexists("type", ""), column_ifexists("type_s", "")) in (types)
          | where size >= least)
        | project TimeGenerated, Came, EventId, Kind = type, Size = size
        | extend Label = strcat(Kind, ":", Size)
        | summarize arg_min(Came, *) by EventId`,
    },
  ],
});

const row = (EventId: string, type: string, size: number, arrival = 1): SourceRow => ({
  timeGenerated: size,
  arrival,
  row: { EventId, type, size },
});
const rows = [
  row('a', 'spam', 10),
  row('a', 'spam', 10, 2),
  row('b', 'virus', 20),
  row('c', 'spam', 30),
  row('', 'spam', 40),
];

/** What a query asks the table for. */
function asked(query: string): readonly Match[] {
  let found: readonly Match[] = [];
  const answer = (_table: string, { matches = [] }: { readonly matches?: readonly Match[] | undefined }) => {
    found = matches;
    return [];
  };
  evaluate(analyze(query, globals), { rows: answer, nowMs: 0 });
  return found;
}

describe('what a query asks a table for', () => {
  const holds = { column: 'type', texts: new Set(['spam', 'virus']), isIn: true };
  const only = { column: 'type', texts: new Set(['spam']), isIn: true };
  const hasId = { column: 'EventId', texts: new Set(['']), isIn: false };
  test.each([
    ['Mail_CL | where type in ("spam", "virus")', [holds]],
    ['Mail_CL | extend a = size | where (type in ("spam", "virus")) and size > 1', [holds]],
    ['Mail_CL | where size > 1 or type in ("spam", "virus")', []],
    ['Mail_CL | where type !in ("spam", "virus")', []],
    ['Mail_CL | extend type = strcat(type, "x") | where type in ("spam", "virus")', []],
    ['Mail_CL | where coalesce(type, EventId) in ("spam", "virus")', []],
    ['Mail_CL | where Type in ("spam")', []],
    ['Mail_CL | take 5 | where type in ("spam", "virus")', []],
    ['Mail_CL | where type =~ "Spam"', [{ ...only, ignoresCase: true }]],
    ['Mail_CL | where type in~ ("Spam") and isnotempty(EventId)', [{ ...only, ignoresCase: true }, hasId]],
    ['Mail_CL | where type == "spam" | project type, Kind = EventId', [only]],
    ['Mail_CL | project EventId, Kind = coalesce(type, column_ifexists("kind", "")) | where Kind == "spam"', [only]],
    ['Mail_CL | where coalesce(type, tostring(column_ifexists("type_g", guid(null)))) == "spam"', [only]],
    ['Mail_CL | where coalesce(type, tostring(column_ifexists("size", 0))) == "spam"', []],
    ['Mail_CL | project EventId, Kind = tolower(type) | where Kind == "spam"', []],
    ['union Mail_CL, (print type = "spam") | where type == "spam"', [only]],
    ['Mail(dynamic(["spam", "virus"]))', [holds, hasId]],
    ['Mail()', [hasId]],
    [
      'Mail() | where Kind == "spam" and EventId == "a"',
      [{ ...only, copiesBy: 'EventId' }, { ...only, column: 'EventId', texts: new Set(['a']) }, hasId],
    ],
    ['Mail() | where Label == "spam"', [hasId]],
    ['Mail_CL | summarize arg_max(size, *) by EventId | where type == "spam"', [{ ...only, copiesBy: 'EventId' }]],
    ['Mail_CL | summarize arg_max(size, *), count() by EventId | where type == "spam"', []],
    ['Mail_CL | summarize arg_max(size, *) by EventId, SourceSystem | where type == "spam"', []],
  ])('%s', (query, expected) => {
    expect(asked(query)).toEqual(expected);
  });

  test('is nothing at all where no row can do', () => {
    const never = (query: string): void => {
      evaluate(analyze(query, globals), {
        rows: () => {
          throw new Error('was read');
        },
        nowMs: 0,
      });
    };
    never('let none = toscalar(range x from 1 to 0 step 1 | summarize make_set(x)); Mail_CL | where size in (none)');
    never('Mail_CL | where 1 == 2 and size > 1');
    expect(() => never('Mail_CL | where column_ifexists("type", "") == "" and size > 1')).toThrow('was read');
  });
});

describe('what one evaluation leaves to the next', () => {
  const queries = [
    'Mail() | where Size > 10 | project Label, Size',
    'Mail(dynamic(["spam"])) | extend Twice = Size * 2 | project Label, Twice',
    'let f = (n:long) { Mail(least=n) | extend More = Size + n | project EventId, More }; union (f(5)), (f(25))',
    'Mail() | extend Age = now() - TimeGenerated | project EventId, Age',
    'Mail() | sort by Size asc | extend Before = prev(Size) | project EventId, Before',
    'let most = toscalar(Mail() | summarize max(Size)); Mail() | extend Share = Size * 100 / most | project EventId, Share',
  ];

  test.each(queries)('changes no answer of %s', (query) => {
    const memory = createMemory();
    const analysis = analyze(query, globals);
    for (const [nowMs, seen] of [rows, rows.slice(1), rows.slice(0, 2), rows].entries()) {
      const plain = evaluate(analysis, { rows: () => seen, nowMs });
      expect(evaluate(analysis, { rows: () => seen, nowMs, memory })).toEqual(plain);
    }
  });

  test('grows with new rows alone', () => {
    const memory = createMemory();
    const analysis = analyze('Mail() | project Label', globals);
    const sizeAfter = (seen: readonly SourceRow[]): number => {
      evaluate(analysis, { rows: () => seen, nowMs: 0, memory });
      return memory.size();
    };
    const size = sizeAfter(rows);
    expect(sizeAfter(rows)).toBe(size);
    expect(sizeAfter([...rows, row('d', 'spam', 50)])).toBeGreaterThan(size);
    memory.forget();
    expect(memory.size()).toBe(0);
  });
});
