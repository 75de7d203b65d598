import { describe, expect, test } from 'vitest';
import { ask, columnsOf } from './ask.ts';

const left = 'let L = datatable(k:long, v:string)[1,"a", 1,"a2", 2,"b", long(null),"n"];';
const right = 'let R = datatable(k:long, w:string)[1,"x", 3,"z", long(null),"m"];';

describe('join', () => {
  const rows = (kind: string): string[] =>
    ask(`${left} ${right} L | join kind=${kind} R on k`)
      .map((row) => row.map((cell) => cell ?? 'null').join(','))
      .toSorted();

  test('inner pairs rows with equal keys, nulls too', () => {
    expect(rows('inner')).toEqual(['1,a,1,x', '1,a2,1,x', 'null,n,null,m']);
  });

  test('is innerunique unless told otherwise: one left row a key', () => {
    const found = ask(`${left} ${right} L | join R on k | where k == 1`);
    expect(found).toHaveLength(1);
    expect(rows('innerunique')).toHaveLength(2);
  });

  test('outer kinds pad with nulls, and texts with nothing', () => {
    expect(rows('leftouter')).toEqual(['1,a,1,x', '1,a2,1,x', '2,b,null,', 'null,n,null,m']);
    expect(rows('rightouter')).toEqual(['1,a,1,x', '1,a2,1,x', 'null,,3,z', 'null,n,null,m']);
    expect(rows('fullouter')).toEqual(['1,a,1,x', '1,a2,1,x', '2,b,null,', 'null,,3,z', 'null,n,null,m']);
  });

  test('semi and anti kinds give rows of one side, once', () => {
    expect(rows('leftsemi')).toEqual(['1,a', '1,a2', 'null,n']);
    expect(rows('leftanti')).toEqual(['2,b']);
    expect(rows('rightsemi')).toEqual(['1,x', 'null,m']);
    expect(rows('rightanti')).toEqual(['3,z']);
  });

  test('keys may have different names', () => {
    const query = `${left} let R = datatable(id:long, w:string)[2,"y"]; L | join kind=inner R on $left.k == $right.id`;
    expect(ask(query)).toEqual([['2', 'b', '2', 'y']]);
  });

  test('lookup leaves the right keys out', () => {
    expect(columnsOf(`${left} ${right} L | lookup R on k`)).toEqual(['k:long', 'v:string', 'w:string']);
    expect(ask(`${left} ${right} L | lookup kind=inner R on k | where k == 1 | project v, w`)).toEqual([
      ['a', 'x'],
      ['a2', 'x'],
    ]);
  });
});

describe('union', () => {
  test('puts columns together by name, and apart by type', () => {
    expect(ask('union (print x=1, y="a"), (print y="b", x=2), (print z=true)')).toEqual([
      ['1', 'a', null],
      ['2', 'b', null],
      [null, '', 'True'],
    ]);
    const query = 'union (print x=1), (print x="text")';
    expect(columnsOf(query)).toEqual(['x_long:long', 'x_string:string']);
    expect(ask(query)).toEqual([
      ['1', ''],
      [null, 'text'],
    ]);
  });

  test('says where rows come from', () => {
    expect(ask('union withsource=s (print x=1), (print x=2 | as Two)')).toEqual([
      ['union_arg0', '1'],
      ['Two', '2'],
    ]);
  });

  test('that is fuzzy goes on without what is made of a table that is not there', () => {
    const query = 'union isfuzzy=true (print x=1), ((Absent_CL | where y > 1) | extend x = "text", z = 2)';
    expect(ask(query)).toEqual([['1']]);
    expect(ask(`${query} | extend z = column_ifexists("z", 5) | project x, z`)).toEqual([['1', '5']]);
    expect(() => ask('union isfuzzy=true (print x=1), (print x="text"), Absent_CL')).toThrow('the type of x');
  });

  test('of kind inner keeps the common columns', () => {
    expect(ask('union kind=inner (print x=1, y=2), (print x=3)')).toEqual([['1'], ['3']]);
  });
});

describe('let', () => {
  test('names scalars, tables and functions with defaults', () => {
    const query = `let least = 2; let T = range x from 1 to 4 step 1;
      let above = (n:long, add:long = 10) { T | where x > n | extend y = x + add };
      let twice = (x:long) { let two = 2; x * two };
      above(least) | extend z = twice(y)`;
    expect(ask(query)).toEqual([
      ['3', '13', '26'],
      ['4', '14', '28'],
    ]);
  });

  test('names a view, and toscalar takes the first cell of a table', () => {
    const query = 'let V = view () { print a=5, b=6 }; let n = toscalar(V | project b); V | extend n';
    expect(ask(query)).toEqual([['5', '6', '6']]);
    expect(ask('print toscalar(datatable(x:long)[])')).toEqual([[null]]);
  });

  test('a function keeps the names of where it was defined', () => {
    const query = 'let n = 1; let f = () { n }; let g = (n:long) { f() + n }; print g(10)';
    expect(ask(query)).toEqual([['11']]);
  });

  test('invoke gives a function the rows before it', () => {
    const query = 'let f = (T:(x:long), least:long) { T | where x >= least }; range x from 1 to 3 step 1 | invoke f(2)';
    expect(ask(query)).toEqual([['2'], ['3']]);
  });

  test('materialize computes once for all its readers', () => {
    const query =
      'let M = materialize(range x from 1 to 3 step 1); M | join kind=inner (M | summarize x = max(x)) on x';
    expect(ask(query)).toEqual([['3', '3']]);
  });

  test('in takes the first column of a table', () => {
    const query = 'let T = datatable(n:long, s:string)[1,"a", 2,"b"]; T | where s in ((T | where n > 1 | project s))';
    expect(ask(query)).toEqual([['2', 'b']]);
  });
});

const events =
  'datatable(user:string, what:string, size:long)["ann","mail",5, "bob","mail",7, "ann","call",long(null)]';

describe('summarize', () => {
  test('names its columns as the engine does', () => {
    expect(
      columnsOf(`${events} | summarize count(), sum(size), avg(size), dcount(what), make_set(what) by user`),
    ).toEqual(['user:string', 'count_:long', 'sum_size:long', 'avg_size:real', 'dcount_what:long', 'set_what:dynamic']);
  });

  test('leaves nulls out', () => {
    const query = `${events} | summarize n = count(), count(size), s = sum(size), a = avg(size), lo = min(size), hi = max(size), d = dcount(size)`;
    expect(ask(query)).toEqual([['3', '3', '12', '6.0', '5', '7', '2']]);
  });

  test('of no rows is one row without keys and none with', () => {
    const none = 'datatable(x:long, s:string)[]';
    expect(ask(`${none} | summarize count(), sum(x), avg(x), min(x), max(s), make_list(x), stdev(x)`)).toEqual([
      ['0', '0', 'NaN', null, '', '[]', '0.0'],
    ]);
    expect(ask(`${none} | summarize count() by s`)).toEqual([]);
  });

  test('groups by expressions, one for all empty texts and one for all nulls', () => {
    expect(ask(`${events} | summarize n = count() by big = size > 5`)).toEqual([
      ['False', '1'],
      ['True', '1'],
      [null, '1'],
    ]);
  });

  test('tells keys apart that are alike when put together', () => {
    expect(ask('datatable(a:string, b:string)["x","yz", "xy","z"] | summarize count() by a, b')).toHaveLength(2);
  });

  test('arg_max and arg_min bring the rest of the row along', () => {
    const rows =
      'datatable(k:string, t:long, v:string)["a",1,"old", "a",2,"new", "a",2,"later", "b",long(null),"none"]';
    expect(ask(`${rows} | summarize arg_max(t, *) by k`)).toEqual([
      ['a', '2', 'new'],
      ['b', null, 'none'],
    ]);
    expect(columnsOf(`${rows} | summarize arg_max(t, *), arg_min(t, v) by k`)).toEqual([
      'k:string',
      't:long',
      'v:string',
      't1:long',
      'v1:string',
    ]);
    expect(ask(`${rows} | summarize arg_min(t, v) by k | project k, v`)).toEqual([
      ['a', 'old'],
      ['b', 'none'],
    ]);
  });

  test('conditions choose the rows of an aggregate', () => {
    const query = `${events} | summarize countif(size > 5), sumif(size, what == "mail"), make_list_if(user, isnull(size)), maxif(size, user == "ann")`;
    expect(ask(query)).toEqual([['1', '12', '["ann"]', '5']]);
  });

  test('aggregates stand inside expressions', () => {
    expect(ask(`${events} | summarize x = 100.0 * countif(what == "mail") / count()`)).toEqual([['66.66666666666667']]);
    expect(ask(`${events} | summarize s = strcat_array(make_set(user), "+")`)).toEqual([['ann+bob']]);
  });

  test('lists flatten arrays, sets keep one of each, bags the first value of a key', () => {
    const rows = 'datatable(d:dynamic)[dynamic([1,2]), dynamic([2,"2"])]';
    expect(ask(`${rows} | summarize make_list(d), make_set(d), make_list(d, 3)`)).toEqual([
      ['[1,2,2,"2"]', '[1,2,"2"]', '[1,2,2]'],
    ]);
    expect(ask('datatable(d:dynamic)[dynamic({"a":1}), dynamic({"a":2,"b":3})] | summarize make_bag(d)')).toEqual([
      ['{"a":1,"b":3}'],
    ]);
  });

  test('percentiles take the nearest rank, and spreads are those of a sample', () => {
    const rows = 'datatable(x:long)[4,1,3,2]';
    expect(ask(`${rows} | summarize percentile(x, 50), percentiles(x, 25, 99), stdevp(x), variance(x)`)).toEqual([
      ['2', '1', '4', '1.118033988749895', '1.6666666667'],
    ]);
  });

  test('a sum of long wraps', () => {
    expect(ask('datatable(x:long)[9223372036854775807, 1] | summarize sum(x)')).toEqual([['-9223372036854775808']]);
  });
});

describe('make-series', () => {
  const rows =
    'datatable(t:datetime, g:string, v:long)[datetime(2024-01-01 05:00),"a",1, datetime(2024-01-03),"a",3, datetime(2024-01-03),"b",4]';

  test('fills the points between its bounds for each group', () => {
    const query = `${rows} | make-series s = sum(v), n = count() default=-1 on t from datetime(2024-01-01) to datetime(2024-01-04) step 1d by g`;
    expect(columnsOf(query)).toEqual(['g:string', 's:dynamic', 'n:dynamic', 't:dynamic']);
    expect(ask(`${query} | project g, s, n`)).toEqual([
      ['a', '[1,0,3]', '[1,-1,1]'],
      ['b', '[0,0,4]', '[-1,-1,1]'],
    ]);
  });

  test('without bounds reaches from the first point with data to the last', () => {
    const query = `${rows} | make-series n = count() on t step 1d by g | project g, n, start = t[0]`;
    expect(ask(query)).toEqual([
      ['a', '[1,0,1]', '2024-01-01T00:00:00.0000000Z'],
      ['b', '[1]', '2024-01-03T00:00:00.0000000Z'],
    ]);
  });
});
