import { describe, expect, test } from 'vitest';
import { checkParsers } from '../../../../local/sentinel/content/check-parsers.ts';

const params = '// params: (starttime:datetime=datetime(null), types:dynamic=dynamic([]))';

/** What is found in a parser with that body, which starts in line 2. */
function findingsIn(body: string) {
  return checkParsers([{ path: 'parsers-kql/Mail.kql', text: `${params}\n${body}\n` }]).map(
    ({ line, column, message }) => [line, column, message],
  );
}

describe('checking a parser', () => {
  test.each([
    'Seg_Cg_CL | where TimeGenerated >= starttime and (array_length(types) == 0 or Logtype in (types))',
    'Seg_Cg_CL | where offset == 5 and timestamp > 1.5 and Logtype in ("a", "b") and EventTime > ago(1d)',
    'Seg_Cg_CL | extend a = iff(offset > 1, 1, 2.5), b = iff(offset > 1, AdditionalFields, dynamic("x"))',
    'Seg_Cg_CL | where AdditionalFields.a == "x" and AdditionalFields.b == 5',
    'Seg_Cg_CL | sort by EventTime asc | where offset > 1 | extend before = prev(EventTime), n = row_number()',
    'Seg_Cg_CL | serialize n = row_number()',
    'Seg_Cg_CL | project AdditionalFields | evaluate bag_unpack(AdditionalFields) : (a:string) | where a == ""',
    'Seg_Cg_CL | where subject contains "-" or subject contains senderDomain',
    'Seg_Cg_CL | join kind=inner (Seg_Dlp_CL) on messageId',
    'Seg_Cg_CL | extend a = column_ifexists("md5_g", ""), b = column_ifexists("md5", "")',
    'union isfuzzy=true (datatable(TimeGenerated:datetime)[]), (Seg_Cg_CL | extend At = ingestion_time())',
  ])('finds nothing in %s', (body) => {
    expect(findingsIn(body)).toEqual([]);
  });

  test.each([
    ['Seg_Cg_CL\n| where absent == 1', 3, 9, /absent.*\(KS142\)/],
    ['Absent_CL\n| take 1', 2, 1, /Absent_CL.*\(KS204\)/],
    ['union isfuzzy=true Seg_Cg_CL,\n  Absent_CL', 3, 3, /Absent_CL.*\(KS205\)/],
    ['Seg_Cg_CL\n| where', 3, 8, /KS/],
    ['Seg_Cg_CL | where offset == "5"', 2, 19, /^compares real with string$/],
    ['Seg_Cg_CL\n| where (EventTime) == "2020-01-01"', 3, 9, /^compares datetime with string$/],
    ['Seg_Cg_CL\n\n| where Logtype in ("a", 5)', 4, 9, /^compares string with long$/],
    ['Cloud_Integrated_CL | where historicalMail != "true"', 2, 29, /^compares bool with string$/],
    ['Seg_Cg_CL | extend a = iff(offset > 1, 1, "x")', 2, 40, /^has branches of unlike types: long with string$/],
    ['Seg_Cg_CL | extend a = iif(offset > 1, "x", true)', 2, 40, /^has branches of unlike types: string with bool$/],
    ['Seg_Cg_CL\n| extend before = prev(EventTime)', 3, 19, /^prev\(\) over rows/],
    ['Seg_Cg_CL | sort by EventTime | summarize count() | extend a = next(count_)', 2, 64, /^next\(\) over rows/],
    ['Seg_Cg_CL\n| where row_number() > 1', 3, 9, /^row_number\(\) over rows/],
    ['Seg_Cg_CL\n| evaluate bag_unpack(AdditionalFields)', 3, 3, /^bag_unpack without a schema/],
    ['Seg_Cg_CL | where subject contains "invoice"', 2, 36, /^contains where has will do$/],
    ["Seg_Cg_CL | where subject !contains_cs @'été'", 2, 40, /^!contains_cs where !has_cs will do$/],
    ['Seg_Cg_CL\n| join (Seg_Dlp_CL) on messageId', 3, 3, /^join without kind=$/],
    ['Seg_Cg_CL | extend a =\n column_ifexists("md6_g", "")', 3, 18, /^no table has or had a column md6_g$/],
    ['Inner | take 1', 2, 1, /Inner/],
  ])('finds in %j what is wrong in line %i, column %i', (body, line, column, message) => {
    expect(findingsIn(body)).toEqual([[line, column, expect.stringMatching(message)]]);
  });

  test('finds what is wrong in the line of parameters', () => {
    const text = '// params: (since:datetime=datetime(null), type:nothing="")\nSeg_Cg_CL | where EventTime >= since';
    const [finding] = checkParsers([{ path: 'parsers-kql/Mail.kql', text }]);
    expect(finding).toMatchObject({ file: 'parsers-kql/Mail.kql', line: 1, column: 49 });
  });

  test.each(['Seg_Cg_CL', '// parameters: ()\nSeg_Cg_CL', '\n// params: ()\nSeg_Cg_CL'])(
    'wants the parameters in the first line of %j',
    (text) => {
      const findings = checkParsers([{ path: 'parsers-kql/Mail.kql', text }]);
      expect(findings).toEqual([
        { file: 'parsers-kql/Mail.kql', line: 1, column: 1, message: 'the first line is no `// params: (…)`' },
      ]);
    },
  );

  test('counts lines and columns in files with Windows line ends too', () => {
    const text = `${params}\r\nSeg_Cg_CL\r\n| where absent == 1`;
    expect(checkParsers([{ path: 'a.kql', text }])).toEqual([expect.objectContaining({ line: 3, column: 9 })]);
  });

  test('binds parsers that call each other with their parameters', () => {
    const mail = { path: 'parsers-kql/Mail.kql', text: `${params}\nSeg_Cg_CL | where TimeGenerated >= starttime` };
    const called = (body: string) =>
      checkParsers([mail, { path: 'parsers-kql/Held.kql', text: `// params: ()\n${body}` }]).map(({ file, column }) => [
        file,
        column,
      ]);
    expect(called('Mail(ago(1d), dynamic(["email_process"])) | where holdReason == "Spm"')).toEqual([]);
    expect(called('Mail() | where heldReason == "Spm"')).toEqual([['parsers-kql/Held.kql', 16]]);
  });

  test.each([
    ['Mail(ago(1d), dynamic([]))', []],
    ['Mail(types=dynamic(["a"]), starttime=now())', []],
    ['Mail("2026-03-02")', [[6, 'gives string for the parameter starttime:datetime']]],
    ['Mail(types="email_spam")', [[6, 'gives string for the parameter types:dynamic']]],
    ['Mail(ago(1d), 5)', [[15, 'gives long for the parameter types:dynamic']]],
  ])('compares what %s gives with the parameters', (call, expected) => {
    const mail = { path: 'Mail.kql', text: `${params}\nSeg_Cg_CL | where TimeGenerated >= starttime` };
    const findings = checkParsers([mail, { path: 'Held.kql', text: `// params: ()\n${call}` }]);
    expect(findings.map(({ column, message }) => [column, message])).toEqual(expected);
  });
});
