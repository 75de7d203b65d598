import type { JsonObject } from '../../functions/tables/json.ts';
import { evaluate, scopeOf } from './arm/evaluate.ts';
import { resourceIdOf } from './arm/functions.ts';
import { type Check, field, isOfType, jsonFiles, list, mainTemplateOf, strings, text } from './check.ts';
import { solutionFolder } from '../package-files.ts';

/** What the data file lists is there, and what is there is listed. */
export const dataFile: Check = (files) =>
  jsonFiles(files, new RegExp(`^${solutionFolder}/Data/`)).flatMap(([path, data]) => {
    const listed = Object.values(data).flatMap((paths) => strings(paths));
    const there = [...files.keys()].flatMap((file) => {
      const name = file.replace(`${solutionFolder}/`, '');
      return /^(Analytic Rules|Workbooks|Playbooks|Parsers|Data Connectors|Watchlists)\/.*(yaml|json)$/.test(name) &&
        !/\/azuredeploy_Connector_/.test(name)
        ? [name]
        : [];
    });
    return [
      ...listed.filter((name) => !there.includes(name)).map((name) => `${path}: it lists ${name}, which is not there`),
      ...there.filter((name) => !listed.includes(name)).map((name) => `${path}: it does not list ${name}`),
    ];
  });

/** Every item of content has a template and a link to the solution, and the package depends on it in its version. */
export const packageContents: Check = (files) =>
  mainTemplateOf(files).flatMap(([path, template]) => {
    const scope = scopeOf(template, { workspace: 'workspace' });
    const resources = list(evaluate(template['resources'] ?? [], scope));
    const [contents = {}] = resources.filter((resource) => isOfType(resource, 'contentPackages'));
    const required = list(field(contents, 'properties', 'dependencies')['criteria']).map(itemOf);
    const templates = resources.filter((resource) => isOfType(resource, 'contentTemplates'));
    const offered = templates.map(({ properties }) =>
      itemOf({ ...field(properties), kind: text(field(properties), 'contentKind') }),
    );
    const linked = templates.flatMap(({ properties }) => links(field(properties)));
    const watchlists = required.filter((item) => item.startsWith('Watchlist '));
    return [
      ...differing(
        required.filter((item) => !watchlists.includes(item)),
        offered,
        'a template',
      ),
      ...differing(offered, linked, 'a link to the solution'),
      ...unlinked(resources),
    ].map((fault) => `${path}: ${fault}`);
  });

/** What is installed at once, and no link names as its parent. */
function unlinked(resources: readonly JsonObject[]): readonly string[] {
  const parents = resources
    .filter((resource) => isOfType(resource, 'metadata'))
    .map(({ properties }) => text(field(properties), 'parentId').toLowerCase());
  return resources
    .filter((resource) => ['savedSearches', 'dataConnectors'].some((type) => isOfType(resource, type)))
    .map((resource) => resourceIdOf(text(resource, 'type'), text(resource, 'name')))
    .filter((id) => !parents.includes(id.toLowerCase()))
    .map((id) => `${id} has no link to the solution`);
}

/** What the links inside a template say of its item. */
function links(properties: JsonObject): readonly string[] {
  const inner = list(field(properties, 'mainTemplate')['resources']);
  return inner.filter((resource) => isOfType(resource, 'metadata')).map((link) => itemOf(field(link, 'properties')));
}

function itemOf(of: JsonObject): string {
  return `${text(of, 'kind')} ${text(of, 'contentId')} ${text(of, 'version')}`;
}

function differing(wanted: readonly string[], there: readonly string[], what: string): readonly string[] {
  return [
    ...wanted.filter((item) => !there.includes(item)).map((item) => `${item} has not ${what}`),
    ...there.filter((item) => !wanted.includes(item)).map((item) => `${item} is not asked for, but has ${what}`),
  ];
}
