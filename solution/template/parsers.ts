import type { JsonObject } from '../../functions/tables/json.ts';
import { contentVersion, type Identity } from '../identity.ts';
import { functionParameters, type Parser } from '../parser.ts';
import { contentTemplate, location, metadata, productId, templateName } from './content-template.ts';
import { literal, type Part } from './part.ts';

/** What a parser adds: it is installed at once, and stands among the templates too. @param n its place among the parsers, from 1 */
export function parserPart(parser: Parser, n: number, identity: Identity): Part {
  const object = `parserObject${n}`;
  const of = (field: string) => `[variables('${object}').${field}${n}]`;
  const contentId = of('parserContentId');
  const version = of('parserVersion');
  const [saved, link] = [savedSearch(parser, of('_parserName')), parserMetadata(parser, n, identity)];
  return {
    variables: {
      [object]: {
        [`_parserName${n}`]: `[concat(parameters('workspace'),'/','${parser.name}')]`,
        [`_parserId${n}`]: savedSearchId(parser),
        [`parserTemplateSpecName${n}`]: templateName('Parser', `'${parser.name}-Parser'`),
        [`parserVersion${n}`]: contentVersion,
        [`parserContentId${n}`]: `${parser.name}-Parser`,
      },
    },
    resources: [
      contentTemplate({
        kind: 'Parser',
        name: of('parserTemplateSpecName'),
        contentId,
        version,
        productId: productId('Parser', contentId.slice(1, -1), `'${contentVersion}'`),
        displayName: `Parser for ${parser.name}`,
        description: `${parser.name} Data Parser`,
        resources: [saved, link],
      }),
      saved,
      { ...link, location },
    ],
    criterion: { kind: 'Parser', contentId, version },
  };
}

function savedSearchId({ name }: Parser): string {
  return `[resourceId('Microsoft.OperationalInsights/workspaces/savedSearches', parameters('workspace'), '${name}')]`;
}

function savedSearch(parser: Parser, name: string): JsonObject {
  return {
    type: 'Microsoft.OperationalInsights/workspaces/savedSearches',
    apiVersion: '2025-07-01',
    name,
    location,
    properties: {
      eTag: '*',
      displayName: `Parser for ${parser.name}`,
      category: 'Microsoft Sentinel Parser',
      functionAlias: parser.name,
      query: literal(parser.query),
      functionParameters: functionParameters(parser),
      version: 2,
      tags: [{ name: 'description', value: parser.description }],
    },
  };
}

function parserMetadata(parser: Parser, n: number, identity: Identity): JsonObject {
  const of = (field: string) => `[variables('parserObject${n}').${field}${n}]`;
  const [parentId, contentId, version] = [savedSearchId(parser), of('parserContentId'), of('parserVersion')];
  return metadata(identity, { kind: 'Parser', parentId, contentId, version }, { dependsOn: [of('_parserId')] });
}
