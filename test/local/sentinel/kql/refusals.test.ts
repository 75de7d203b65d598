import { describe, expect, test } from 'vitest';
import { analyze, kustoSchema } from '../../../../local/sentinel/kql/language.ts';
import { evaluate } from '../../../../local/sentinel/kql/evaluate.ts';
import { Refusal } from '../../../../local/sentinel/kql/refusal.ts';
import { ask } from './ask.ts';

describe('a refusal', () => {
  test.each([
    ['print x=1 | search "a"', 'the operator search'],
    ['range x from 1 to 3 step 1 | sample 1', 'the operator sample'],
    ['print x=1 | top-nested 1 of x by max(x)', 'the operator top-nested'],
    ['print x=1 | partition by x (take 1)', 'the operator partition'],
    ['datatable(x:long)[1] | scan declare (y:long=0) with (step s: true => y = x;)', 'the operator scan'],
    ['print decimal(1.5)', 'decimal'],
    ['print rand()', 'rand()'],
    ['print series_decompose(dynamic([1,2]))', 'the function series_decompose()'],
    ['print "a b" has " b"', "has with ' b'"],
    ['print todatetime("Jan 5 2020")', 'datetimes in ISO 8601 alone'],
    ['print a=1 | where a == "1"', 'a comparison of long and string'],
    ['print d=dynamic({"a":[1]}) | where d.a == "1"', 'a comparison of an array'],
    ['datatable(x:long)[1] | extend row_number()', 'row_number() on rows without an order'],
    ['print format_datetime(now(), "yyyy-MM-ddTHH")', "the format 'yyyy-MM-ddTHH'"],
    ['datatable(x:real)[real(nan), 1.0] | summarize max(x)', 'NaN'],
    [String.raw`print "a" matches regex @"(?=a)"`, 'a group or flag in the regular expression'],
    [String.raw`print "a" matches regex @"[a-z&&b]"`, 'set operations in a regular expression'],
    ['print d=dynamic({"a":1}), a=2 | evaluate bag_unpack(d)', 'a column already'],
    ['print geo_info_from_ip_address("1.2.3.4")', 'without a look-up'],
    ['print iff(true, 1d, 5)', 'different types'],
    ['print 9223372036854775808', 'the literal 9223372036854775808'],
  ])('of %s names what the engine does not do', (query, reason) => {
    expect(() => ask(query)).toThrow(reason);
    expect(() => ask(query)).toThrow(Refusal);
  });

  test.each([
    ['print x=1 | where y == 1', "The name 'y'"],
    ['datatable(x:string)["a"] | summarize sum(x)', 'KS'],
    ['print x=1 | wher x', 'not sound'],
  ])('of %s says what the binder found', (query, reason) => {
    expect(() => ask(query)).toThrow(reason);
  });

  test('meets a query that the binder itself fails on', () => {
    const query = `let N = datatable(id:long)[1]; let E = datatable(s:long, t:long)[1,1];
      E | make-graph s --> t with N on id | graph-match (a)-[b]->(c) project a.id`;
    const analysis = analyze(query, kustoSchema({ tables: [] }));
    expect(() => evaluate(analysis, { rows: () => [], nowMs: 0 })).toThrow(Refusal);
  });

  test('does not meet what the binder wrongly takes for an error', () => {
    expect(ask('datatable(x:long)[1, long(null)] | summarize count(x)')).toEqual([['2']]);
    expect(ask('print array_length(dynamic({}))')).toEqual([[null]]);
  });
});

describe('render', () => {
  test('is recorded, and changes no row', () => {
    const query = 'range x from 1 to 2 step 1 | render timechart with (title="By hour", kind=stacked)';
    const answer = evaluate(analyze(query, kustoSchema({ tables: [] })), { rows: () => [], nowMs: 0 });
    expect(answer.rows).toEqual([[1n], [2n]]);
    expect(answer.render).toEqual({ kind: 'timechart', properties: { title: 'By hour', kind: 'stacked' } });
  });

  test('is nothing where it is not asked for', () => {
    expect(
      evaluate(analyze('print 1', kustoSchema({ tables: [] })), { rows: () => [], nowMs: 0 }).render,
    ).toBeUndefined();
  });
});
