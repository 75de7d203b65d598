import { createHash } from 'node:crypto';
import { type Json, parseJson } from '../../../functions/tables/json.ts';

/** Where a template is imagined to be deployed. */
const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group';

type TemplateFunction = (...args: readonly Json[]) => Json;

/** The template functions that packages use. https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['concat', (...parts) => parts.map(plain).join('')],
  ['take', (text, count) => plain(text).slice(0, Number(count))],
  ['split', (text, by) => plain(text).split(plain(by))],
  ['last', (items) => (Array.isArray(items) ? items.map(plain).at(-1) : plain(items).slice(-1)) ?? ''],
  ['replace', (text, old, by) => plain(text).replaceAll(plain(old), plain(by))],
  ['json', (text) => parseJson(plain(text))],
  ['uri', (base, relative) => new URL(plain(relative), plain(base)).href],
  ['uniquestring', (...parts) => createHash('sha256').update(parts.map(plain).join('-')).digest('hex').slice(0, 13)],
  ['resourcegroup', () => ({ id: group, name: 'group', location: 'westeurope' })],
  ['environment', () => ({ resourceManager: 'https://resource-manager.example/' })],
  ['resourceid', (type, ...names) => `${group}/providers/${resourcePath(plain(type), names.map(plain))}`],
  [
    'extensionresourceid',
    (scope, type, ...names) => `${plain(scope)}/providers/${resourcePath(plain(type), names.map(plain))}`,
  ],
]);

/** `A.B/c/d` and `x`, `y` as `A.B/c/x/d/y`. @throws Error when types and names are not as many */
function resourcePath(type: string, names: readonly string[]): string {
  const [namespace, ...types] = type.split('/');
  if (types.length !== names.length) throw new Error(`${type} has ${names.length} names: ${names.join(', ')}`);
  return [namespace, ...types.flatMap((each, index) => [each, names[index] ?? ''])].join('/');
}

/** The id that a resource has in that group. @param name its parts with / between */
export function resourceIdOf(type: string, name: string): string {
  return `${group}/providers/${resourcePath(type, name.split('/'))}`;
}

/** A value as text. @throws Error for what is none */
export function plain(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error('a text is expected');
}
