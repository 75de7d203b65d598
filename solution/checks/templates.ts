import { isJsonObject, type Json, type JsonObject } from '../../functions/tables/json.ts';
import { evaluate, scopeOf } from './arm/evaluate.ts';
import { resourceIdOf } from './arm/functions.ts';
import { type Check, field, isOfType, jsonFiles, list, mainTemplateOf, strings, text } from './check.ts';

const workspace = { workspace: 'workspace', 'workspace-location': 'westeurope' };
const appId = { FunctionAppResourceId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/app' };

/** Everything a template says evaluates; what it declares is used; what it depends on is there; templates of content likewise; and Azure takes its size. */
export const templates: Check = (files) => [
  ...mainTemplateOf(files).flatMap(([path, template]) =>
    [...faults(template, workspace), ...contentFaults(template), ...sizeFaults(template)].map(
      (fault) => `${path}: ${fault}`,
    ),
  ),
  ...jsonFiles(files, /\/(Playbooks\/.*\/azuredeploy|Watchlists\/[^/]+)\.json$/).flatMap(([path, template]) =>
    faults(template, appId).map((fault) => `${path}: ${fault}`),
  ),
];

/** The templates inside, as they are once the package is installed, deployed by a customer. */
function contentFaults(template: JsonObject): readonly string[] {
  return attempt(() =>
    list(evaluate(template['resources'] ?? [], scopeOf(template, workspace)))
      .filter((resource) => isOfType(resource, 'contentTemplates'))
      .flatMap(({ properties }) => {
        const inner = field(properties, 'mainTemplate');
        return faults(inner, appId, true).map((fault) => `${text(field(properties), 'displayName')}: ${fault}`);
      }),
  );
}

/** What is wrong with a template; the outer one says where its content stands, so that an inner one may leave variables unused. */
function faults(template: JsonObject, sample: JsonObject, isInner = false): readonly string[] {
  const scope = scopeOf(template, sample);
  const { parameters, variables, resources, outputs } = template;
  const wrong = attempt(() => {
    evaluate([parameters ?? {}, variables ?? {}, outputs ?? {}], scope);
    return resourceFaults(list(evaluate(resources ?? [], scope)));
  });
  const declared = [
    ...Object.keys(scope.parameters).map((name) => `parameters('${name}')`),
    ...(isInner ? [] : Object.keys(scope.variables).map((name) => `variables('${name}')`)),
  ];
  const unused = declared.filter((name) => !scope.used.has(name) && name !== "parameters('location')");
  return [...wrong, ...(wrong.length > 0 ? [] : unused.map((name) => `${name} is not used`))];
}

function resourceFaults(resources: readonly JsonObject[]): readonly string[] {
  const ids = resources.map((resource) => resourceIdOf(text(resource, 'type'), text(resource, 'name')).toLowerCase());
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const missing = resources.flatMap((resource) =>
    strings(resource['dependsOn']).flatMap((id) =>
      ids.includes(id.toLowerCase()) ? [] : [`${text(resource, 'name')} depends on what is not there: ${id}`],
    ),
  );
  const bare = resources.filter((resource) => !/^\d{4}-\d\d-\d\d(-preview)?$/.test(text(resource, 'apiVersion')));
  return [
    ...twice.map((id) => `it is there twice: ${id}`),
    ...missing,
    ...bare.map((resource) => `${text(resource, 'name')} has no apiVersion`),
  ];
}

// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
const [templateBytes, resourceBytes] = [4_000_000, 1_000_000];

function sizeFaults(template: JsonObject): readonly string[] {
  const bytes = (value: Json) => Buffer.byteLength(JSON.stringify(value));
  const big = list(template['resources']).filter((resource) => bytes(resource) > resourceBytes);
  return [
    ...(bytes(template) > templateBytes ? [`it is bigger than ${templateBytes} bytes`] : []),
    ...big.map((resource) => `${text(resource, 'name')} is bigger than ${resourceBytes} bytes`),
  ];
}

function attempt(check: () => readonly string[]): readonly string[] {
  try {
    return check();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** What may be empty in a template. */
const mayBeEmpty = ['parameters', 'variables', 'outputs', 'resources', 'defaultValue'];

/** The template checks' rule that nothing is blank: no null, "", [] or {}; workbooks inside included. */
export const blanks: Check = (files) =>
  mainTemplateOf(files).flatMap(([path, template]) => blanksIn(template).map((place) => `${path}: ${place} is blank`));

function blanksIn(value: Json, place = '', key = ''): readonly string[] {
  if (mayBeEmpty.includes(key) && isBlank(value)) return [];
  if (isBlank(value)) return [place];
  if (key === 'serializedData' && typeof value === 'string') return blanksIn(workbook(value), place);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => blanksIn(each, `${place}/${name}`, name));
}

// An empty text means something in a workbook; what the template checks look for does not.
function workbook(text: string): Json {
  const value: Json = JSON.parse(text.replaceAll('""', '" "'));
  return value;
}

function isBlank(value: Json): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}
