import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type Json, parseJson } from '../../../functions/tables/json.ts';
import { type Argument, functions, textOf } from './functions.ts';

/** Where a function is called. */
export interface Place {
  /** Path of the Bicep file. */
  readonly path: string;
  /** Id of the resource group. */
  readonly group: string;
  readonly cloud: 'AzureCloud' | 'AzureUSGovernment';
}

const loaded = new Map<string, Json>();

function load(name: string, path: string): Json {
  const before = loaded.get(`${name} ${path}`);
  if (before !== undefined) return before;
  const text = readFileSync(path, 'utf8');
  const value =
    name === 'loadTextContent' ? text : parseJson(name === 'loadJsonContent' ? text : JSON.stringify(parse(text)));
  loaded.set(`${name} ${path}`, value);
  return value;
}

/** Calls a function of Bicep. @throws ReferenceError when it is not known here */
export function callBuiltIn(name: string, args: readonly Argument[], { path, group, cloud }: Place): Json {
  const [, , subscriptionId = '', , groupName = ''] = group.split('/');
  switch (name) {
    case 'loadTextContent':
    case 'loadJsonContent':
    case 'loadYamlContent':
      return load(name, join(dirname(path), textOf(args[0])));
    case 'resourceGroup':
      if (args.length === 0) return { id: group, name: groupName, location: 'northeurope' };
      return { id: `/subscriptions/${textOf(args[0])}/resourceGroups/${textOf(args[1])}` };
    case 'resourceId':
      return `${group}/providers/${args.map(textOf).join('/')}`;
    case 'subscriptionResourceId':
      return `/subscriptions/${subscriptionId}/providers/${args.map(textOf).join('/')}`;
    case 'tenant':
      return { tenantId: '11111111-1111-1111-1111-111111111111' };
    case 'utcNow':
      return '2026-11-22T00:00:00Z';
    case 'environment': {
      const isGovernment = cloud === 'AzureUSGovernment';
      const suffixes = isGovernment
        ? { storage: 'core.usgovcloudapi.net', keyvaultDns: '.vault.usgovcloudapi.net' }
        : { storage: 'core.windows.net', keyvaultDns: '.vault.azure.net' };
      return { name: cloud, suffixes };
    }
    default: {
      const known = functions[name];
      if (!known) throw new ReferenceError(`${name} is no function known here`);
      return known(...args);
    }
  }
}
