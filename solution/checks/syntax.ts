import { parseDocument } from 'yaml';
import { parseJson } from '../../functions/tables/json.ts';
import { type Check, textFiles } from './check.ts';

/** Azure-Sentinel's checks `json` and `yaml`. */
export const syntax: Check = (files) => [
  ...textFiles(files, /\.json$/).flatMap(([path, text]) => {
    try {
      parseJson(text);
      return [];
    } catch (error) {
      return [`${path}: ${String(error)}`];
    }
  }),
  ...textFiles(files, /\.ya?ml$/).flatMap(([path, text]) =>
    parseDocument(text).errors.map(({ message }) => `${path}: ${message}`),
  ),
];

/** Azure-Sentinel's check `non-ascii`: rules and parsers hold nothing else. */
export const ascii: Check = (files) =>
  textFiles(files, /\/(Analytic Rules|Parsers)\/.*\.yaml$/).flatMap(([path, text]) => {
    const [odd] = /[^\n\r\t\x20-\x7e]/u.exec(text) ?? [];
    return odd === undefined ? [] : [`${path}: the character ${JSON.stringify(odd)} is not ASCII`];
  });

/** Azure-Sentinel's check `documents-link`: links to documentation name no language. */
export const documentLinks: Check = (files) =>
  textFiles(files, /\.(json|yaml|md)$/).flatMap(([path, text]) =>
    [
      ...text.matchAll(
        /https:\/\/(?:docs|learn)\.microsoft\.com\/[a-z]{2}-[a-z]{2}|https:\/\/azure\.microsoft\.com\/[a-z]{2}-[a-z]{2}/g,
      ),
    ].map(([link]) => `${path}: the link ${link} names a language`),
  );

/** Azure-Sentinel's check `content`: the product's former name is nowhere that customers read. */
export const formerName: Check = (files) =>
  textFiles(files, /\/(Data|Data Connectors)\/.*\.json$|createUiDefinition\.json$/).flatMap(([path, text]) =>
    text.includes('Azure Sentinel') ? [`${path}: it says "Azure Sentinel"`] : [],
  );

/** Azure-Sentinel's branding check. */
export const branding: Check = (files) =>
  textFiles(files, /\/(mainTemplate|createUiDefinition)\.json$/).flatMap(([path, text]) =>
    [...text.matchAll(/(?<!Microsoft\s)(?<!-)\bSentinel\b/g)].map(
      ({ index }) => `${path}: "Microsoft" is missing before ${text.slice(index, index + 40)}`,
    ),
  );
