import { describe, expect, test } from 'vitest';
import { ask, now, value } from './ask.ts';

describe('numbers', () => {
  test.each([
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['7 / 0', null],
    ['1.0 / 0', 'inf'],
    ['-5 % 3', '1'],
    ['5 % -3', '2'],
    ['-7.5 % 2', '0.5'],
    ['9223372036854775807 + 1', '-9223372036854775808'],
    ['0x10', '16'],
    ['toint(1) + 1.5', '2.5'],
    ['bin(-5.5, 1)', '-6.0'],
    ['bin(7, 5)', '5'],
    ['bin(7, 0)', null],
    ['round(2.15, 1)', '2.2'],
    ['round(-50.55, -2)', '-100.0'],
    ['bin_at(6.5, 2.5, 7)', '4.5'],
    ['max_of(1, int(null), 3)', '3'],
    ['min_of(2.5, 1)', '1.0'],
    ['tohex(-256)', 'ffffffffffffff00'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe('nulls', () => {
  test.each([
    ['long(null) == long(null)', null],
    ['long(null) == 1', 'False'],
    ['long(null) != 1', 'True'],
    ['long(null) > 1', null],
    ['bool(null) and false', 'False'],
    ['bool(null) or true', 'True'],
    ['not(bool(null))', null],
    ['isnull("")', 'False'],
    ['isempty("")', 'True'],
    ['isnull(parse_json(""))', 'True'],
    ['coalesce("", "a")', 'a'],
    ['coalesce(long(null), 5)', '5'],
    ['iff(bool(null), "yes", "no")', 'no'],
    ['strcat("a", int(null), "b")', 'ab'],
    ['tostring(dynamic(null))', ''],
    ['1 in (2, long(null))', 'False'],
    ['long(null) !in (1, 2)', 'True'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test('do not pass a filter', () => {
    expect(ask('datatable(x:long)[1, long(null), 2] | where x != 1')).toEqual([[null], ['2']]);
    expect(ask('datatable(x:long)[1, long(null), 2] | where x < 2')).toEqual([['1']]);
    expect(ask('datatable(x:long)[1, long(null), 2] | where not(x == 1)')).toEqual([[null], ['2']]);
  });
});

describe('conversions', () => {
  test.each([
    ['toint("3.14")', null],
    ['tolong("  45 ")', '45'],
    ['tolong("0xFFFFFFFFFFFFFFFF")', '-1'],
    ['toint(-2.9)', '-2'],
    ['todouble("1e3")', '1000.0'],
    ['tobool("tRuE")', 'True'],
    ['tobool("yes")', null],
    ['tobool("0")', 'False'],
    ['tolong(datetime(2020-01-01))', '637134336000000000'],
    ['todatetime("2020-13-45")', null],
    ['todatetime(1)', '0001-01-01T00:00:00.0000001Z'],
    ['totimespan("1.5")', null],
    ['tostring(true)', 'True'],
    ['tostring(parse_json("[1, 2.0, true]"))', '[1,2.0,true]'],
    ['tostring(parse_json("not json"))', 'not json'],
    ['gettype(parse_json("{}"))', 'dictionary'],
    ['gettype(1 / 2)', 'long'],
    ['toguid("0123456789abcdef0123456789ABCDEF")', '01234567-89ab-cdef-0123-456789abcdef'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test('of a real beyond long end at its bounds in a row', () => {
    expect(ask('datatable(r:real)[1e19, -1e19] | project tolong(r)')).toEqual([
      ['9223372036854775807'],
      ['-9223372036854775808'],
    ]);
  });
});

describe('dates', () => {
  test.each([
    ['now()', now.replace('Z', '.0000000Z')],
    ['ago(1d)', '2026-11-21T12:00:00.0000000Z'],
    ['datetime(2020-01-01) - 1tick', '2019-12-31T23:59:59.9999999Z'],
    ['datetime(0001-01-01) - 1tick', null],
    ['datetime(2020-03-01) - datetime(2020-02-28)', '2.00:00:00'],
    ['1d / 1h', '24.0'],
    ['1h * 1.5', '01:30:00'],
    ['bin(datetime(1955-11-05 06:15), 7d)', '1955-10-31T00:00:00.0000000Z'],
    ['startofweek(datetime(2020-06-15))', '2020-06-14T00:00:00.0000000Z'],
    ['endofmonth(datetime(2020-02-10))', '2020-02-29T23:59:59.9999999Z'],
    ['startofmonth(datetime(2020-06-15), -13)', '2019-05-01T00:00:00.0000000Z'],
    ['dayofweek(datetime(2020-06-15))', '1.00:00:00'],
    ['week_of_year(datetime(2021-01-01))', '53'],
    ['datetime_add("month", 1, datetime(2020-01-31))', '2020-02-29T00:00:00.0000000Z'],
    ['datetime_add("quarter", -3, datetime(2020-02-29))', '2019-05-29T00:00:00.0000000Z'],
    ['datetime_diff("week", datetime(2017-10-29), datetime(2017-09-30 23:59))', '5'],
    ['datetime_diff("minute", datetime(2020-01-01), datetime(2020-01-01 13:45))', '-825'],
    ['datetime_part("nanosecond", datetime(2017-10-30 01:02:03.7654321))', '765432100'],
    ['format_datetime(datetime(2007-03-09 17:04:03.5), "yyyy-MM-dd h:mm tt ss.fff")', '2007-03-09 5:04 PM 03.500'],
    ['format_datetime(datetime(2007-03-09), "ddd MMM")', '099 033'],
    ['format_timespan(1d + 2h + 3m, "d.hh:mm")', '1.02:03'],
    ['make_datetime(2020, 2, 30)', null],
    ['make_timespan(1, 2, 3)', '01:02:03'],
    ['unixtime_milliseconds_todatetime(1546300800123)', '2019-01-01T00:00:00.1230000Z'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe('text operators', () => {
  test.each([
    ['"foo.bar" has "bar"', 'True'],
    ['"foobar" has "bar"', 'False'],
    ['"FOO-BAR" has "bar"', 'True'],
    ['"FOO-BAR" has_cs "bar"', 'False'],
    ['"any text" has ""', 'True'],
    ['"category" hasprefix "cat"', 'True'],
    ['"scatter" hasprefix "cat"', 'False'],
    ['"concat x" hassuffix "cat"', 'True'],
    ['"scatter" contains "CAT"', 'True'],
    ['"scatter" !contains_cs "CAT"', 'True'],
    ['"Straße" =~ "straße"', 'True'],
    ['"a" !~ "A"', 'False'],
    ['"b" in~ ("A", "B")', 'True'],
    ['"b" !in ("A", "B")', 'True'],
    ['"one two" has_any ("two", "three")', 'True'],
    ['"one two" has_all (dynamic(["two", "three"]))', 'False'],
    ['"abc" startswith "AB" and "abc" !endswith "b"', 'True'],
    ['"a1" matches regex @"^[a-z]\\d$"', 'True'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe('text functions', () => {
  test.each([
    ['strlen("a😀é")', '3'],
    ['string_size("é")', '2'],
    ['substring("abc", -2, 5)', 'bc'],
    ['substring("x", -2, 5)', ''],
    ['substring("😀bc", 1)', 'bc'],
    ['indexof("abcb", "b", 2)', '3'],
    ['indexof("abc", "")', null],
    ['split("a__b", "_")', '["a","","b"]'],
    ['split("a.b.c", ".")[-1]', 'c'],
    ['replace_string("aba", "", "x")', 'aba'],
    ['replace_string("a.b", ".", "$&")', 'a$&b'],
    ['trim("x", "xxaxx")', 'xax'],
    [String.raw`trim(@"\s+", "  a b  ")`, 'a b'],
    ['trim_end("x", "xx")', 'x'],
    ['countof("aaaa", "aa")', '3'],
    ['countof("abcabc", "a.c", "regex")', '2'],
    ['strcat_delim("-", 1, "2", 1s)', '1-2-00:00:01'],
    ['strcat_array(dynamic([1, "a", true]), "|")', '1|a|true'],
    ['strrep("ab", 3, ".")', 'ab.ab.ab'],
    ['reverse("abc")', 'cba'],
    ['translate("abc", "x", "aXbc")', 'xXxx'],
    ['url_encode_component("a b/é")', 'a%20b%2F%C3%A9'],
    ['base64_decode_tostring(base64_encode_tostring("Kusto é"))', 'Kusto é'],
    ['hash_sha256("")', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe('regular expressions', () => {
  test.each([
    [String.raw`extract(@"(\d+)-(\d+)", 2, "42-7")`, '7'],
    [String.raw`extract(@"x=(\d+)", 1, "y=1")`, ''],
    [String.raw`extract(@"x=(\d+)", 1, "x=12", typeof(long)) + 1`, '13'],
    [String.raw`extract_all(@"([a-z])(\d)", "a1 b2")`, '[["a","1"],["b","2"]]'],
    [String.raw`extract_all(@"(\d)", "none")`, null],
    [String.raw`extract_all(@"(?P<first>\w)(\d)", dynamic([2]), "a1 b2")`, '["1","2"]'],
    [String.raw`replace_regex("fooBar", @"([a-z])([A-Z])", @"\1_\2")`, 'foo_Bar'],
    [String.raw`replace_regex("ABCabc", @"(?i)abc", "#")`, '##'],
    [String.raw`"a-b" matches regex @"^[\w\-]+$"`, 'True'],
    [String.raw`"é" matches regex @"^\w$"`, 'True'],
    [String.raw`"a]b" matches regex @"[]]"`, 'True'],
    [String.raw`"x1" matches regex @"^[[:alpha:]][[:digit:]]$"`, 'True'],
    [String.raw`"word, x" matches regex @"\bx\b"`, 'True'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe('dynamic values', () => {
  test.each([
    ['dynamic({"a":{"b":[1,2]}}).a.b[-1]', '2'],
    ['dynamic({"a b":1})["a b"]', '1'],
    ['dynamic([1])[5]', null],
    ['dynamic({"a":1}).absent.more', null],
    ['tostring(dynamic({"t":datetime(2020-01-01)}).t)', '2020-01-01T00:00:00.0000000Z'],
    ['tolong(parse_json("9223372036854775807"))', '9223372036854775807'],
    ['array_length(dynamic([1,null]))', '2'],
    ['array_length(parse_json("{}"))', null],
    ['array_slice(dynamic([1,2,3,4]), 1, -2)', '[2,3]'],
    ['array_concat(dynamic([1]), dynamic(null), dynamic([2]))', '[1,2]'],
    ['array_sum(dynamic([1,null,2.5]))', '3.5'],
    ['array_sort_desc(dynamic([1,null,3]))', '[3,1,null]'],
    ['array_index_of(dynamic(["a","b"]), "b")', '1'],
    ['array_iff(dynamic([true,0,"x"]), dynamic([1,2,3]), "no")', '[1,"no",null]'],
    ['set_union(dynamic([1,2,1]), dynamic([3,2]))', '[1,2,3]'],
    ['set_intersect(dynamic([1,2]), dynamic([2,3]))', '[2]'],
    ['set_difference(dynamic([1,2]), dynamic([2]))', '[1]'],
    ['set_has_element(dynamic(["a"]), "a")', 'True'],
    ['bag_merge(dynamic({"a":1}), dynamic({"a":2,"b":3}))', '{"a":1,"b":3}'],
    ['bag_keys(dynamic({"b":1,"1":2}))', '["b","1"]'],
    ['bag_has_key(dynamic({"a":null}), "a")', 'True'],
    ['bag_remove_keys(dynamic({"a":1,"b":2}), dynamic(["a"]))', '{"b":2}'],
    ['bag_set_key(dynamic({"a":1}), "b", 1d)', '{"a":1,"b":"1.00:00:00"}'],
    ['bag_pack("a", 1, "t", datetime(2020-01-01))', '{"a":1,"t":"2020-01-01T00:00:00.0000000Z"}'],
    ['zip(dynamic([1,2]), dynamic(["a"]))', '[[1,"a"],[2,null]]'],
    ['range(1, 10, 4)', '[1,5,9]'],
    ['dynamic({"n":1}).n == 1', 'True'],
    ['dynamic({"s":"x"}).s in ("x", "y")', 'True'],
    ['dynamic({"s":"Some text"}).s has "TEXT"', 'True'],
    ['isempty(dynamic({"s":""}).s)', 'True'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test('a null inside is a null', () => {
    expect(ask('datatable(d:dynamic)[dynamic({"a":1}), dynamic({})] | where d.a != 1')).toEqual([['{}']]);
  });
});

describe('addresses', () => {
  test.each([
    ['ipv4_is_private("192.168.1.1/24")', 'True'],
    ['ipv4_is_private("8.8.8.8")', 'False'],
    ['ipv4_is_private("fe80::1")', null],
    ['ipv4_is_in_range("10.1.2.3", "10.0.0.0/8")', 'True'],
    ['ipv4_is_match("192.168.1.1/24", "192.168.1.255")', 'True'],
    ['ipv4_compare("1.2.3.4", "1.2.3.5")', '-1'],
    ['parse_ipv4("0.0.1.0")', '256'],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test('are looked up where a look-up is supplied', () => {
    const geoInfo = (address: string): Record<string, string> | undefined =>
      address === '8.8.8.8' ? { country: 'Freedonia' } : undefined;
    const query = 'datatable(ip:string)["8.8.8.8", "nowhere"] | project tostring(geo_info_from_ip_address(ip).country)';
    expect(ask(query, { surroundings: { geoInfo } })).toEqual([['Freedonia'], ['']]);
  });
});
