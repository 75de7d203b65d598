import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allChecks } from '../../solution/checks/all-checks.ts';
import { changed, content, files } from './built.ts';

const main = 'Package/mainTemplate.json';
const page = 'Data Connectors/MimecastAudit/Mimecast_Audit_FunctionApp.json';
const playbook = 'Playbooks/Mimecast Data Connector Trigger Sync/azuredeploy.json';
const logo = '/Azure-Sentinel/Logos/MimecastConnector.svg';
const parser = 'Parsers/MimecastAudit/Mimecast_Audit.yaml';
const rule = `Analytic Rules/${content.rules[0]?.path ?? ''}`;
const workbook = `Workbooks/${content.workbooks[0]?.id ?? ''}.json`;
const query = /"query": "/;

type Case = readonly [check: keyof typeof allChecks, file: string, what: RegExp | string, by: string, fault: string];

const cases: readonly Case[] = [
  ['syntax', main, /}\n$/, '', 'JSON'],
  ['syntax', parser, 'Function:', 'Function: [', 'Mimecast_Audit.yaml'],
  ['ascii', parser, 'Function:', '# caf\u00e9\nFunction:', 'é'],
  ['ascii', rule, 'severity', '# \u201cquoted\u201d\nseverity', 'not ASCII'],
  [
    'documents-link',
    page,
    'https://docs.microsoft.com/azure/azure-functions/',
    'https://docs.microsoft.com/en-us/azure/azure-functions/',
    'en-us',
  ],
  ['content', page, 'Collects', 'Collects for Azure Sentinel', 'Azure Sentinel'],
  ['branding', main, 'for Mimecast', 'for Mimecast in Sentinel', 'before Sentinel'],
  ['branding', 'Package/createUiDefinition.json', 'Microsoft Sentinel', 'the Sentinel', 'before Sentinel'],
  ['data-connector', page, '"MimecastAuditAPI"', '"Mimecast AuditAPI"', 'id: a space'],
  ['data-connector', page, '"name": "Audit_CL"', '"name": "Audit CL"', 'dataTypes.0.name'],
  ['data-connector', page, '"publisher": "Mimecast",', '', 'publisher'],
  ['data-connector', page, '"Keys"', '"Key"', 'resourceProvider'],
  ['data-connector', page, 'to create a Function App is required', 'is required', 'Microsoft.Web/sites'],
  ['data-connector', page, '[Deploy To Azure]', '[Deploy]', 'counts as no function app'],
  ['data-connector', page, 'https://portal.azure.us/', 'https://portal.azure.com/', 'Government'],
  ['data-connector', page, '"legend": "Audit_CL"', '"legend": "MimecastAudit_CL"', 'different tables'],
  ['logo', logo, '<rect ', '<rect id="box" ', 'no GUID'],
  ['logo', logo, '<rect ', '<rect style="fill:red" ', 'style='],
  ['logo', logo, '</svg>', `<!--${'x'.repeat(5000)}--></svg>`, '5 KB'],
  ['detection-schema', rule, /^severity: .*$/m, 'severity: Critical', 'severity'],
  ['detection-schema', rule, /^queryPeriod: .*$/m, 'queryPeriod: 15d', 'between 5 minutes and 14 days'],
  ['detection-schema', rule, /^queryFrequency: .*$/m, 'queryFrequency: 2d', 'less than it runs at'],
  ['detection-schema', rule, /^queryPeriod: .*$/m, 'queryPeriod: 14d', 'once an hour'],
  ['detection-schema', rule, /^tactics:\n  - \w+$/m, 'tactics:\n  - Impact', 'no tactic'],
  ['detection-schema', rule, 'T1566', 'T1999', 'not in the list'],
  ['detection-schema', rule, /entityType: \w+/, 'entityType: Letter', 'no entity type'],
  ['detection-schema', rule, /^version: .*$/m, 'version: 2.0', 'version'],
  ['detection-schema', rule, /^id: .*$/m, `id: ${content.rules[1]?.id ?? ''}`, 'another rule'],
  ['detection-schema', rule, /^requiredDataConnectors:$/m, 'connectors:', 'requiredDataConnectors'],
  [
    'workbook-template',
    workbook,
    /"fromTemplateId": "[^"]*"/,
    '"fromTemplateId": "sentinel-UserWorkbook"',
    'any user’s',
  ],
  [
    'workbook-template',
    workbook,
    query,
    '"query": "/subscriptions/00000000-0000-0000-0000-000000000000',
    'subscription',
  ],
  ['workbook-metadata', '/WorkbooksMetadata.json', 'MimecastConnector.svg', 'Other.svg', 'logo'],
  ['workbook-metadata', '/WorkbooksMetadata.json', /"workbookKey": "[^"]*",/, '', 'workbookKey'],
  [
    'workbook-metadata',
    '/WorkbooksMetadata.json',
    /"templateRelativePath": "/,
    '"templateRelativePath": "Other',
    'that are there',
  ],
  ['playbook', playbook, '"PlaybookName": {', '"Name": {', 'PlaybookName'],
  ['playbook', playbook, '"[resourceGroup().location]"', '"westeurope"', 'region'],
  ['playbook', playbook, /"lastUpdateTime": "[^"]*"/, '"lastUpdateTime": "soon"', 'lastUpdateTime'],
  ['playbook', playbook, '"SystemAssigned"', '"None"', 'managed identity'],
  ['playbook', playbook, '"[environment().resourceManager]"', '"https://management.azure.com/"', 'names a cloud'],
  ['playbook', playbook, '"type": "string",', '"type": "secureString",', 'secret'],
  ['solution', main, '"solutionId": "', '"solutionId": "a.', 'publisher.offer'],
  ['solution', main, 'Security - Network', 'Security - Mail', 'not known'],
  ['solution', main, '"email": "support@mimecast.com"', '"email": "support"', 'no e-mail address'],
  [
    'templates',
    main,
    "[variables('parserObject1')._parserId1]",
    "[variables('parserObject99')._parserId1]",
    'not declared',
  ],
  [
    'templates',
    main,
    "'Microsoft.SecurityInsights/contentPackages', variables('_solutionId'))",
    "'Microsoft.SecurityInsights/contentPackages', 'other')",
    'not there',
  ],
  [
    'templates',
    main,
    '"_solutionName": "Mimecast",',
    '"_solutionName": "Mimecast", "spare": "1",',
    "variables('spare') is not used",
  ],
  ['templates', main, "[[parameters('PlaybookName')]", "[[parameters('Playbook')]", 'not declared'],
  ['templates', main, "uniquestring('", "unique('", 'not known'],
  ['templates', main, 'concat(take(', 'concat((take(', 'no function'],
  ['templates', main, '"category": "sentinel"', `"category": "${'x'.repeat(1_000_001)}"`, 'bigger than 1000000'],
  ['blanks', main, '"enabled": false', '"enabled": null', 'blank'],
  ['blanks', main, '"provider": "Mimecast"', '"provider": ""', 'blank'],
  ['data-file', 'Data/Solution_Mimecast.json', 'Mimecast_SEG_CG.yaml', 'Mimecast_CG.yaml', 'not there'],
  ['data-file', 'Data/Solution_Mimecast.json', /\n\s*"Playbooks": \[[^\]]*\],/, '', 'does not list'],
  ['package-contents', main, /"kind": "Playbook",\s*"contentId"/, '"kind": "Play", "contentId"', 'has not'],
  [
    'package-contents',
    main,
    "concat(parameters('workspace'),'/','AwarenessPerformanceDetails')",
    "concat(parameters('workspace'),'/','Other')",
    'Other has no link',
  ],
  ['package-contents', main, '"contentKind": "Parser"', '"contentKind": "Function"', 'has not'],
];

describe('the checks', () => {
  it.each(cases)('%s finds what is wrong with %s without %s', (check, file, what, by, fault) => {
    const broken = changed(files, file, (text) => text.replace(what, () => by));
    expect(allChecks[check](broken).join('\n')).toContain(fault);
  });

  it('are all explained', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'content-hub.md'), 'utf8');
    const section = page.slice(page.indexOf('## What is checked'), page.indexOf('## Publish it'));
    const explained = [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[\w-]+/g) ?? [],
    );
    expect(explained).toEqual(Object.keys(allChecks));
  });

  it('have each an example of what they find', () => {
    expect(new Set(cases.map(([check]) => check))).toEqual(new Set(Object.keys(allChecks)));
  });
});
