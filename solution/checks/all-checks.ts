import type { Check } from './check.ts';
import { connectorPages } from './connectors.ts';
import { dataFile, packageContents } from './listing.ts';
import { logos } from './logo.ts';
import { playbooks } from './playbooks.ts';
import { rules } from './rules.ts';
import { solution } from './solution.ts';
import { ascii, branding, documentLinks, formerName, syntax } from './syntax.ts';
import { blanks, templates } from './templates.ts';
import { workbookMetadata, workbookTemplates } from './workbooks.ts';

/** What Azure-Sentinel checks of a solution, and what a template needs to be deployed. */
export const allChecks = {
  syntax,
  ascii,
  'documents-link': documentLinks,
  content: formerName,
  branding,
  'data-connector': connectorPages,
  logo: logos,
  'detection-schema': rules,
  'workbook-template': workbookTemplates,
  'workbook-metadata': workbookMetadata,
  playbook: playbooks,
  solution,
  templates,
  blanks,
  'data-file': dataFile,
  'package-contents': packageContents,
} as const satisfies Readonly<Record<string, Check>>;
