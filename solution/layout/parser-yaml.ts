import { stringify } from 'yaml';
import { contentVersion, lastPublishDate } from '../identity.ts';
import type { Parser } from '../parser.ts';

/** A parser as a file of Azure-Sentinel's Parser format. */
export function parserYaml(parser: Parser): string {
  const { name, id, description, parameters, query } = parser;
  const file = {
    id,
    Function: { Title: `Parser for ${name}`, Version: contentVersion, LastUpdated: lastPublishDate },
    Category: 'Microsoft Sentinel Parser',
    Description: description,
    FunctionName: name,
    FunctionAlias: name,
    ...(parameters.length > 0 && { FunctionParams: parameters }),
    FunctionQuery: query,
  };
  // Folded lines would change the query's text.
  return stringify(file, { lineWidth: 0, blockQuote: 'literal' });
}
