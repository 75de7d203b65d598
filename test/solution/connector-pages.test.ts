import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../functions/tables/json.ts';
import { checkQuery } from '../../local/sentinel/content/check-query.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import { jsonFiles, list, strings, text } from '../../solution/checks/check.ts';
import { functionParameters } from '../../solution/parser.ts';
import { content, files } from './built.ts';

const globals = workspace(
  content.parsers.map((parser) => ({
    name: parser.name,
    parameters: `(${functionParameters(parser)})`,
    body: parser.query,
  })),
);
const pages = jsonFiles(files, /\/Data Connectors\//);

/** Every query that a page runs. */
function queriesOf(page: JsonObject): readonly string[] {
  const texts = (key: string, field: string) => list(page[key]).map((each) => text(each, field));
  const steps = list(page['instructionSteps']).flatMap((step) =>
    [...text(step, 'description').matchAll(/```\n(Mimecast_[^]*?)\n```/g)].map(([, query = '']) => query),
  );
  return [
    ...texts('graphQueries', 'baseQuery'),
    ...texts('sampleQueries', 'query'),
    ...texts('dataTypes', 'lastDataReceivedQuery'),
    ...list(page['connectivityCriterias']).flatMap(({ value }) => strings(value)),
    ...steps,
  ];
}

describe('the connector pages', () => {
  it('are one for each connector', () => {
    expect(content.connectors.map(({ connector }) => connector).toSorted()).toEqual(
      connectors.map(({ name }) => name).toSorted(),
    );
  });

  it.each(content.connectors)('count and watch the tables that $connector fills', ({ connector, tables, id }) => {
    const filled = connectors.find(({ name }) => name === connector)?.feeds.map(({ table }) => table.name) ?? [];
    expect(Object.keys(tables).toSorted()).toEqual(filled.toSorted());
    const page = pages.find(([, each]) => each['id'] === id)?.[1] ?? {};
    const watched = list(page['connectivityCriterias']).flatMap(({ value }) => strings(value));
    expect(watched.map((query) => query.split('\n')[0])).toEqual([...Object.keys(tables), 'Mimecast_Health_CL']);
  });

  it.each(pages)('%s has only queries that Microsoft’s binder takes, over our tables and parsers', (_path, page) => {
    const queries = queriesOf(page);
    expect(queries.length).toBeGreaterThan(5);
    for (const query of queries) expect([query, checkQuery(query, globals)]).toEqual([query, []]);
  });

  it.each(pages)('a column that is not there is found in %s', (_path, page) => {
    const [sample = ''] = queriesOf(page);
    expect(checkQuery(`${sample} | where NoSuchColumn == 1`, globals)).not.toEqual([]);
  });

  it.each(pages)('%s has buttons for both clouds that lead to the template', (_path, page) => {
    const template =
      'https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/Solutions/Mimecast/Data%20Connectors/';
    const said = textsIn(page).join('\n');
    const targets = [
      ...said.matchAll(/https:\/\/portal\.azure\.(com|us)\/#create\/Microsoft\.Template\/uri\/([^)/]+)/g),
    ];
    expect(targets.map(([, cloud]) => cloud)).toEqual(['com', 'us']);
    for (const [, , uri = ''] of targets) expect(decodeURIComponent(uri)).toContain(template);
  });

  it.each(pages)('%s asks for no workspace key', (_path, page) => {
    expect(JSON.stringify(page['instructionSteps'])).not.toMatch(/PrimaryKey|Workspace Key/i);
  });

  it('name every product that a feed needs', () => {
    for (const { id, connector } of content.connectors) {
      const said = textsIn(pages.find(([, page]) => page['id'] === id)?.[1] ?? {}).join('\n');
      for (const { product } of connectors.find(({ name }) => name === connector)?.feeds ?? [])
        expect(said).toContain(product);
    }
  });
});

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
