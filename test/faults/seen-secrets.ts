import type { Seen } from './requests.ts';
import type { Simulation } from './simulation.ts';

/** The secrets of a simulation: those that it was made with, and those that its processes have used so far. */
export interface SeenSecrets {
  readonly all: ReadonlySet<string>;
  /** How many were seen of a kind, so that it is sure that they are looked for. */
  count(kind: Kind): number;
  end(): void;
}

type Kind = 'tokens' | 'links' | 'identity';

/** Notes every bearer token, every signature of a link and every other proof that is sent to the servers. */
export function seeSecrets(simulation: Simulation, given: readonly string[]): SeenSecrets {
  const { tenant, environment, checkpoints } = simulation;
  const accountKey = /AccountKey=([^;]+)/.exec(checkpoints.connectionString)?.[1] ?? '';
  const all = new Set([
    tenant.clientId,
    tenant.clientSecret,
    `${tenant.clientId}:${tenant.clientSecret}`,
    environment['IDENTITY_HEADER'] ?? '',
    accountKey,
    ...given,
  ]);
  const kinds = { tokens: new Set<string>(), links: new Set<string>(), identity: new Set<string>() };
  const add = (kind: Kind, secret: unknown): void => {
    if (typeof secret !== 'string' || secret === '') return;
    all.add(secret);
    kinds[kind].add(secret);
  };
  const end = simulation.watch(({ at, url, headers }: Seen) => {
    const { authorization } = headers;
    if (typeof authorization === 'string') add('tokens', authorization.replace(/^\w+ (\w+:)?/, ''));
    add('identity', headers['x-identity-header']);
    if (at !== 'files') return;
    const query = new URL(url, 'https://files').searchParams;
    add('links', query.get('X-Amz-Signature'));
    add('links', query.get('X-Amz-Security-Token'));
  });
  return { all, count: (kind) => kinds[kind].size, end };
}
