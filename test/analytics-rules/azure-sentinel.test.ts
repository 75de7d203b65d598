import { describe, expect, test } from 'vitest';
import { ruleNames } from '../../local/mimecast/story/rule-names.ts';
import { checkRules } from '../../local/sentinel/content/check-rules.ts';
import { strongIdentifiers } from '../../local/sentinel/content/entity-identifiers.ts';
import { readRule } from '../../local/sentinel/content/rule-file.ts';
import { arrivalWindow } from '../../local/sentinel/rules/arrival-window.ts';
import { parserFiles, parsers, ruleFiles } from './content.ts';

/** The ids that solution 3.1 gave the rules, by their names. */
const ids31: Readonly<Record<string, string>> = {
  'Mimecast Targeted Threat Protection - Attachment Protect': '617a55be-a8d8-49c1-8687-d19a0231056f',
  'Mimecast Targeted Threat Protection - Impersonation Protect': 'c048fa06-0d50-4626-ae82-a6cea812d9c4',
  'Mimecast Targeted Threat Protection - URL Protect': '952faed4-c6a6-4873-aeb9-b348e9ce5aba',
  'Mimecast Audit - Logon Authentication Failed': 'f00197ab-491f-41e7-9e22-a7003a4c1e54',
  'Mimecast Secure Email Gateway - Attachment Protect': '72bd7b0c-493c-4fa5-8a95-7f6376b6cfb2',
  'Mimecast Secure Email Gateway - AV': '33bf0cc9-e568-42bf-9571-c22adf7be66d',
  'Mimecast Secure Email Gateway - Impersonation Protect': '2ef77cef-439f-4d94-848f-3eca67510d2f',
  'Mimecast Secure Email Gateway - Internal Email Protect': 'd3bd7640-3600-49f9-8d10-6fe312e68b4f',
  'Mimecast Secure Email Gateway - Spam Event Thread': '0cda82c8-e8f0-4117-896e-a10f1b43e64a',
  'Mimecast Secure Email Gateway - URL Protect': '80f244cd-b0d6-404e-9aed-37f7a66eda9f',
  'Mimecast Secure Email Gateway - Virus': 'd78d7352-fa5a-47d4-b48f-cb2c3252c0eb',
  'Mimecast Data Leak Prevention - Hold': '8e52bcf1-4f50-4c39-8678-d9efad64e379',
  'Mimecast Data Leak Prevention - Notifications': 'cfd67598-ad0d-430a-a793-027eb4dbe967',
};

/** The tactic of each technique that Azure-Sentinel's own table has without doubt. */
const tacticOf: Readonly<Record<string, string>> = {
  T1566: 'InitialAccess',
  T1204: 'Execution',
  T1534: 'LateralMovement',
  T1110: 'CredentialAccess',
  T1048: 'Exfiltration',
  T1567: 'Exfiltration',
  T1114: 'Collection',
};

const connectorIds = ['MimecastSEGAPI', 'MimecastTTPAPI', 'MimecastAuditAPI', 'MimecastCIAPI', 'MimecastATAPI'];

const rules = ruleFiles.map((file) => {
  const { file: read } = readRule(file);
  if (read === undefined) throw new Error(`${file.path} is no rule`);
  return [read.rule.name, read, file.text] as const;
});

test('there are the thirteen rules of solution 3.1, each under its id', () => {
  expect(Object.fromEntries(rules.map(([name, { rule }]) => [name, rule.id]))).toEqual(ids31);
  expect(Object.values(ruleNames).toSorted()).toEqual(Object.keys(ids31).toSorted());
});

test('the checker finds nothing in them', () => {
  expect(checkRules(ruleFiles, parserFiles)).toEqual([]);
});

describe.each(rules)('%s', (name, { rule, path }, text) => {
  test('lies in the file of its name and is in ASCII', () => {
    const kebab = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    expect(path).toBe(`analytics-rules/${kebab}.yaml`);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('has a version above that of 3.1, and says in under 255 characters what it is for', () => {
    expect(Number(rule.version.split('.')[0])).toBeGreaterThanOrEqual(2);
    expect(rule.description.trim().length).toBeLessThan(255);
    expect(rule.description).toMatch(/^[A-Z].*\.\n?$/s);
  });

  test('names techniques whose tactics it names, and no tactic without one', () => {
    const expected = rule.relevantTechniques.map((technique) => tacticOf[technique]);
    expect(expected).not.toContain(undefined);
    expect(new Set<string | undefined>(rule.tactics)).toEqual(new Set(expected));
  });

  test('needs a connector of the solution, and parsers that there are', () => {
    const types = rule.requiredDataConnectors.flatMap(({ dataTypes }) => dataTypes);
    expect(connectorIds).toEqual(
      expect.arrayContaining(rule.requiredDataConnectors.map(({ connectorId }) => connectorId)),
    );
    expect(parsers.map((parser) => parser.name)).toEqual(expect.arrayContaining(types));
    for (const type of types) expect(rule.query).toContain(`${type}(`);
  });

  test('maps entities by identifiers that Sentinel recognises them by', () => {
    for (const { entityType, fieldMappings } of rule.entityMappings) {
      const names = fieldMappings.map(({ identifier }) => identifier);
      expect(strongIdentifiers[entityType]?.some((each) => names.includes(each))).toBe(true);
      expect(new Set(names).size).toBe(names.length);
    }
    // A version of Azure-Sentinel's validator takes five.
    expect(rule.entityMappings.length).toBeLessThanOrEqual(5);
  });

  test('makes incidents, an alert of each finding, with the severity of a column', () => {
    expect(rule.incidentConfiguration.createIncident).toBe(true);
    expect(rule.eventGroupingSettings.aggregationKind).toBe('AlertPerResult');
    expect(rule.alertDetailsOverride.alertSeverityColumnName).toBe('Severity');
    expect([rule.triggerOperator, rule.triggerThreshold, rule.suppressionEnabled]).toEqual(['gt', 0, false]);
  });

  test('looks at what arrived since its last run, six minutes late', () => {
    const minuteMs = 60_000;
    expect(arrivalWindow(rule)).toEqual({ beforeMs: rule.queryFrequency + 6 * minuteMs, byMs: 6 * minuteMs });
  });

  test('reads parsers, no tables save Health, and sets no time but by ago()', () => {
    const code = rule.query.replaceAll(/\/\/.*$/gm, '').replaceAll(/'[^']*'|"[^"]*"/g, '""');
    expect([...code.matchAll(/\b\w+_CL\b/g)].map(String).filter((table) => table !== 'Mimecast_Health_CL')).toEqual([]);
    expect(code).not.toMatch(/\b(?:datetime|todatetime)\s*\(\s*\d/);
    expect(code).not.toMatch(/\b(?:search|union)\s+\*/);
  });
});
