import { type AccessToken, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { ConnectorError } from '../collect/fault.ts';
import type { Clock } from '../collect/ports.ts';
import { within } from './within.ts';

/** A credential whose token can be forgotten once a service has refused it. */
export interface Credential extends TokenCredential {
  forget(token: string): void;
}

// A token is renewed this long before it ends, and is still used when that fails.
const renewalMs = 120_000;
const timeoutMs = 10_000;

/** The app's managed identity, the user-assigned one when a client id is given. Meant to be made once per process. */
export function managedIdentity(options: {
  readonly clientId?: string | undefined;
  readonly clock: Clock;
}): Credential {
  const retryOptions = { maxRetries: 0 };
  const { clientId, clock } = options;
  return cached(new ManagedIdentityCredential(clientId ? { clientId, retryOptions } : { retryOptions }), clock);
}

interface Entry {
  token?: AccessToken | undefined;
  pending?: Promise<AccessToken> | undefined;
}

/**
 * Keeps a credential's tokens by the clock and fetches each once however many ask.
 * Its `getToken` throws ConnectorError: `denied` where the identity is wrong, `unavailable` where it does not answer.
 */
export function cached(inner: TokenCredential, clock: Clock): Credential {
  const entries = new Map<string, Entry>();

  async function fetch(scope: string): Promise<AccessToken> {
    try {
      const token = await within('The managed identity', timeoutMs, undefined, () => inner.getToken(scope));
      if (token) return token;
    } catch (error) {
      throw tokenFault(error, scope);
    }
    throw new ConnectorError('unavailable', `The managed identity gave no token for ${scope}.`);
  }

  return {
    async getToken(scopes) {
      const scope = [scopes].flat().join(' ');
      const entry = entries.get(scope) ?? {};
      entries.set(scope, entry);
      const leftMs = (entry.token?.expiresOnTimestamp ?? 0) - clock.now();
      if (entry.token && leftMs > renewalMs) return handedOut(entry.token);
      entry.pending ??= fetch(scope).finally(() => (entry.pending = undefined));
      try {
        entry.token = await entry.pending;
      } catch (error) {
        if (!entry.token || leftMs <= 0) throw error;
      }
      return handedOut(entry.token);
    },
    forget(token) {
      for (const entry of entries.values()) if (entry.token?.token === token) entry.token = undefined;
    },
  };
}

// The SDK renews a token that is about to end in a promise nobody awaits, whose rejection would end the process.
// One that says it has ended is asked for here, and awaited, before every request.
function handedOut(token: AccessToken): AccessToken {
  return { token: token.token, expiresOnTimestamp: 0 };
}

function tokenFault(error: unknown, scope: string): ConnectorError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const status = typeof cause === 'object' && cause !== null && 'status' in cause ? Number(cause.status) : Number.NaN;
  const words = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : '';
  // Azure's metadata service answers 404 and 410 while it starts.
  if (status >= 400 && status < 500 && ![404, 408, 410, 429].includes(status)) {
    const message = `The managed identity was refused a token for ${scope}: assign an identity to the app and set AZURE_CLIENT_ID to its client id, or leave AZURE_CLIENT_ID empty for the system-assigned one (${words}).`;
    return new ConnectorError('denied', message, { code: 'identity_refused', cause });
  }
  const message = `No token for ${scope} from the managed identity; when this lasts, see that the app has an identity and AZURE_CLIENT_ID names it (${words}).`;
  return new ConnectorError('unavailable', message, { code: 'identity_unavailable', cause });
}
