import { filesOf, readContent } from '../../local/sentinel/content/read-files.ts';

export const parserFiles = filesOf('parsers-kql', '.kql');
export const ruleFiles = filesOf('analytics-rules', '.yaml');
export const { parsers, watchlists } = readContent();
