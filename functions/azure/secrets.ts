import { SecretClient } from '@azure/keyvault-secrets';
import { ConnectorError } from '../collect/fault.ts';
import type { Clock, Secrets } from '../collect/ports.ts';
import { clientOptions } from './client-options.ts';
import type { Credential } from './credential.ts';
import { failureOf, passingFault, said } from './refusal.ts';
import { within } from './within.ts';

export interface VaultOptions {
  /** The setting KEY_VAULT_URL. */
  readonly url: string;
  readonly credential: Credential;
  readonly clock: Clock;
  /** How long reading one secret may take; default 10 s. */
  readonly timeoutMs?: number | undefined;
}

type Pair = Awaited<ReturnType<Secrets['get']>>;

const keptMs = 600_000;
const what = 'The key vault';

/**
 * The secrets `mimecast-client-id` and `mimecast-client-secret` of a key vault, read again after ten minutes and once
 * expired. `get` does not retry: whoever needs the pair does.
 */
export function vaultSecrets({ url, credential, clock, timeoutMs = 10_000 }: VaultOptions): Secrets {
  const client = new SecretClient(url, credential, clientOptions(credential));
  let kept: { readonly pair: Pair; readonly readAt: number } | undefined;
  let reading: Promise<Pair> | undefined;

  async function readSecret(name: string): Promise<string> {
    try {
      const get = (abortSignal: AbortSignal) => client.getSecret(name, { abortSignal });
      const { value } = await within(what, timeoutMs, undefined, get);
      if (value?.trim()) return value.trim();
    } catch (error) {
      throw vaultFault(error, name, clock.now());
    }
    throw new ConnectorError('denied', `The secret ${name} in the vault of KEY_VAULT_URL is empty: give it a value.`);
  }

  // One after the other: the SDK asks the vault for its challenge at the first request alone.
  async function read(): Promise<Pair> {
    const clientId = await readSecret('mimecast-client-id');
    return { clientId, clientSecret: await readSecret('mimecast-client-secret') };
  }

  return {
    async get() {
      if (kept && clock.now() < kept.readAt + keptMs) return kept.pair;
      reading ??= read();
      const mine = reading;
      try {
        const pair = await mine;
        if (mine === reading) kept = { pair, readAt: clock.now() };
        return pair;
      } finally {
        if (mine === reading) reading = undefined;
      }
    },
    expire() {
      kept = undefined;
      reading = undefined;
    },
  };
}

/** Secrets that are settings themselves. */
export function settingSecrets(clientId: string, clientSecret: string): Secrets {
  return { get: async () => ({ clientId, clientSecret }), expire: () => undefined };
}

function vaultFault(error: unknown, secret: string, now: number): ConnectorError {
  const failure = failureOf(error, what, now);
  if (failure instanceof ConnectorError) {
    if (failure.code !== 'ENOTFOUND') return failure;
    return new ConnectorError('denied', 'KEY_VAULT_URL names a key vault that does not exist.', { code: failure.code });
  }
  const passing = passingFault(failure, what);
  if (passing) return passing;
  const { status, code } = failure;
  if (status === 404) {
    const message = `The vault of KEY_VAULT_URL has no secret ${secret} (${said(failure)}): add it.`;
    return new ConnectorError('denied', message, { code });
  }
  if (status === 401 || status === 403) {
    const message = `The vault of KEY_VAULT_URL refused to show the secret ${secret} (${said(failure)}): grant the identity Key Vault Secrets User, and let the vault's firewall pass the app.`;
    return new ConnectorError('denied', message, { code });
  }
  return new ConnectorError('malformed', `${what} answered ${said(failure)} for the secret ${secret}.`, { code });
}
