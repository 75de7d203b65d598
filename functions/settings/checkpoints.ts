import { required } from './text.ts';
import { isTableUrl, withoutSlash } from './urls.ts';

/** How the checkpoint table is reached: with the app's identity, or with the key in a connection string. */
export type CheckpointStorage =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'connectionString'; readonly connectionString: string };

/** The setting `CHECKPOINT_STORAGE`. */
export const checkpointStorage = required(
  'the https URL of a table endpoint such as https://account.table.core.windows.net, or a connection string of a storage account',
  (text) => isTableUrl(text) || isConnectionString(text),
).transform((text): CheckpointStorage =>
  isTableUrl(text) ? { kind: 'url', url: withoutSlash(text) } : { kind: 'connectionString', connectionString: text },
);

// The forms that @azure/data-tables takes: development storage, an account key, or a shared access signature.
function isConnectionString(text: string): boolean {
  const parts = partsOf(text);
  const has = (...keys: readonly string[]) => keys.every((key) => (parts.get(key) ?? '') !== '');
  const endpoint = parts.get('tableendpoint');
  if (parts.get('usedevelopmentstorage') === 'true') return true;
  if (endpoint !== undefined && !isTableUrl(endpoint)) return false;
  if (has('sharedaccesssignature', 'tableendpoint')) return true;
  const isReachable =
    endpoint !== undefined || (has('endpointsuffix') && parts.get('defaultendpointsprotocol') === 'https');
  return isReachable && has('defaultendpointsprotocol', 'accountname', 'accountkey');
}

function partsOf(connectionString: string): ReadonlyMap<string, string> {
  const parts = connectionString.split(';').map((part) => /^\s*(\w+)=(.*?)\s*$/.exec(part) ?? []);
  return new Map(parts.map(([, key = '', value = '']) => [key.toLowerCase(), value]));
}
