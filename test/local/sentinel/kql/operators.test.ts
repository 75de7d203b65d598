import { describe, expect, test } from 'vitest';
import { ask, columnsOf } from './ask.ts';

const events =
  'datatable(user:string, what:string, size:long)["ann","mail",5, "bob","mail",7, "ann","call",long(null)]';

describe('columns', () => {
  test('extend sees the columns as they were', () => {
    expect(ask('print a=1, b=2 | extend a = b, b = a, c = a + b')).toEqual([['2', '1', '3']]);
  });

  test('project keeps the order it names, and project-away, -rename and -reorder the rest', () => {
    expect(columnsOf(`${events} | project size, user`)).toEqual(['size:long', 'user:string']);
    expect(columnsOf(`${events} | project-away w*`)).toEqual(['user:string', 'size:long']);
    expect(columnsOf(`${events} | project-keep s*, user`)).toEqual(['user:string', 'size:long']);
    expect(columnsOf(`${events} | project-rename who = user`)).toEqual(['who:string', 'what:string', 'size:long']);
    expect(columnsOf(`${events} | project-reorder size`)).toEqual(['size:long', 'user:string', 'what:string']);
  });

  test('names that differ in case are different columns', () => {
    expect(ask('print type="a", Type="b" | extend x = strcat(type, Type)')).toEqual([['a', 'b', 'ab']]);
  });

  test('getschema describes them', () => {
    expect(ask('print a=1, d=now() | getschema')).toEqual([
      ['a', '0', 'System.Int64', 'long'],
      ['d', '1', 'System.DateTime', 'datetime'],
    ]);
  });
});

describe('order', () => {
  test('sort is descending, with nulls last; ascending they come first', () => {
    expect(ask(`${events} | sort by size | project size`)).toEqual([['7'], ['5'], [null]]);
    expect(ask(`${events} | sort by size asc | project size`)).toEqual([[null], ['5'], ['7']]);
    expect(ask(`${events} | sort by size asc nulls last | project size`)).toEqual([['5'], ['7'], [null]]);
  });

  test('text is sorted by code point', () => {
    expect(ask('datatable(s:string)["b","A","é","a"] | sort by s asc')).toEqual([['A'], ['a'], ['b'], ['é']]);
  });

  test('top and take end early', () => {
    expect(ask(`${events} | top 1 by size | project user`)).toEqual([['bob']]);
    expect(ask('range x from 1 to 1000000000000 step 1 | take 2')).toEqual([['1'], ['2']]);
  });

  test('distinct and count', () => {
    expect(ask(`${events} | distinct user`)).toEqual([['ann'], ['bob']]);
    expect(ask(`${events} | distinct *  | count`)).toEqual([['3']]);
    expect(ask(`${events} | count as n`)).toEqual([['3']]);
  });
});

describe('windows over sorted rows', () => {
  test('prev, next, row_number and row_cumsum', () => {
    const query = `datatable(x:long)[3,1,2] | sort by x asc | extend p = prev(x), n = next(x, 1, 0), i = row_number(), s = row_cumsum(x, x == 3)`;
    expect(ask(query)).toEqual([
      ['1', null, '2', '1', '1'],
      ['2', '1', '3', '2', '3'],
      ['3', '2', '0', '3', '3'],
    ]);
  });

  test('ranks, with and without gaps', () => {
    const query = 'datatable(x:long)[5,5,3] | sort by x desc | extend d = row_rank_dense(x), m = row_rank_min(x)';
    expect(ask(query)).toEqual([
      ['5', '1', '1'],
      ['5', '1', '1'],
      ['3', '2', '3'],
    ]);
  });

  test('sessions end when rows lie too far apart', () => {
    const query = `datatable(t:datetime)[datetime(2024-01-01 10:00), datetime(2024-01-01 10:04), datetime(2024-01-01 10:30)]
      | sort by t asc | project s = row_window_session(t, 1h, 5m)`;
    expect(ask(query)).toEqual([
      ['2024-01-01T10:00:00.0000000Z'],
      ['2024-01-01T10:00:00.0000000Z'],
      ['2024-01-01T10:30:00.0000000Z'],
    ]);
  });
});

describe('arrays and bags as rows', () => {
  test('mv-expand makes a row for each element, one for a null and none for an empty array', () => {
    const query =
      'datatable(k:string, d:dynamic)["a",dynamic([1,2]), "b",dynamic(null), "c",dynamic([])] | mv-expand d';
    expect(ask(query)).toEqual([
      ['a', '1'],
      ['a', '2'],
      ['b', null],
    ]);
  });

  test('mv-expand goes through several arrays side by side, typed and numbered', () => {
    const query =
      'print a=dynamic([1,2]), b=dynamic(["x"]) | mv-expand with_itemindex=i a to typeof(long), b to typeof(string)';
    expect(columnsOf(query)).toEqual(['a:long', 'b:string', 'i:long']);
    expect(ask(query)).toEqual([
      ['1', 'x', '0'],
      ['2', '', '1'],
    ]);
  });

  test('mv-expand of a bag gives bags of one property, or pairs', () => {
    expect(ask('print d=dynamic({"a":1,"b":2}) | mv-expand d')).toEqual([['{"a":1}'], ['{"b":2}']]);
    expect(ask('print d=dynamic({"a":1,"b":2}) | mv-expand kind=array d')).toEqual([['["a",1]'], ['["b",2]']]);
  });

  test('mv-apply runs a subquery over the elements of each row', () => {
    const query = `datatable(k:string, d:dynamic)["a",dynamic([3,1,2]), "b",dynamic([5])]
      | mv-apply x = d to typeof(long) on (top 2 by x | summarize best = make_list(x)) | project k, best`;
    expect(ask(query)).toEqual([
      ['a', '[3,2]'],
      ['b', '[5]'],
    ]);
  });

  test('bag_unpack with a schema gives its columns alone', () => {
    const query =
      'print k=1, d=dynamic({"a":7,"s":"x","more":true}) | evaluate bag_unpack(d) : (k:long, a:long, s:string, absent:string)';
    expect(() => ask(query)).toThrow('a column that is there');
    expect(ask(query.replace('k:long, ', ''))).toEqual([['7', 'x', '']]);
    expect(ask(query.replace('k:long, ', '*, '))).toEqual([['1', '7', 'x', '']]);
  });

  test('bag_unpack without one gives what there is, sorted', () => {
    const query =
      'datatable(d:dynamic)[dynamic({"b":1,"a":"x"}), dynamic({"b":2.5})] | evaluate bag_unpack(d, "p_") | where p_a == "x"';
    expect(columnsOf(query)).toEqual(['p_a:string', 'p_b:dynamic']);
    expect(ask(query)).toEqual([['x', '1']]);
  });
});

describe('pivot', () => {
  const storms = 'datatable(what:string, state:string, dead:long)["rain","AR",1, "heat","AZ",2, "rain","AR",4]';

  test('makes a column of each value, in the order they come', () => {
    expect(columnsOf(`${storms} | evaluate pivot(state, sum(dead))`)).toEqual(['what:string', 'AR:long', 'AZ:long']);
    expect(ask(`${storms} | evaluate pivot(state, sum(dead)) | project what, all = AR + AZ`)).toEqual([
      ['rain', '5'],
      ['heat', '2'],
    ]);
  });

  test('counts rows unless told otherwise', () => {
    expect(ask(`${storms} | project-away dead | evaluate pivot(state)`)).toEqual([
      ['rain', '2', '0'],
      ['heat', '0', '1'],
    ]);
  });
});

describe('columns out of text', () => {
  test('parse takes what lies between delimiters', () => {
    expect(ask('print s="GET /a 200" | parse s with verb " " path " " code:long | project verb, path, code')).toEqual([
      ['GET', '/a', '200'],
    ]);
    expect(ask('print s="x: id=42; y" | parse s with * "id=" id:long ";" * | project id')).toEqual([['42']]);
  });

  test('parse leaves columns empty when the text does not match, and parse-where the row out', () => {
    const rows = 'datatable(s:string)["a=1", "none"]';
    expect(ask(`${rows} | parse s with "a=" a:long | project a`)).toEqual([['1'], [null]]);
    expect(ask(`${rows} | parse-where s with "a=" a:long | project a`)).toEqual([['1']]);
  });

  test('parse with a value of the wrong type is strict unless relaxed', () => {
    const source = 'print s="t=yesterday u=ann" | parse';
    expect(ask(`${source} s with "t=" t:datetime " u=" u | project t, u`)).toEqual([[null, '']]);
    expect(ask(`${source} kind=relaxed s with "t=" t:datetime " u=" u | project t, u`)).toEqual([[null, 'ann']]);
  });

  test('parse-kv reads keys in any order, trims, and takes the first of equal ones', () => {
    const query = `print s=" b = two words ; a=1;a=2; q='x;y'"
      | parse-kv s as (a:long, b:string, q:string, none:string) with (pair_delimiter=';', kv_delimiter='=', quote="'") | project-away s`;
    expect(ask(query)).toEqual([['1', 'two words', 'x;y', '']]);
  });
});
