import type { Secrets } from '../../functions/collect/ports.ts';
import { type Client, mimecastClient } from '../../functions/mimecast/client.ts';
import { axiosHttp } from '../../functions/mimecast/http.ts';
import { testRun, type TestRun } from './run.ts';
import { type Answer, type Asked, json, serve } from './scripted-server.ts';

/** Credentials that change only once they were refused. */
export interface FakeSecrets extends Secrets {
  /** How often they were said to be refused. */
  readonly refused: () => number;
}

/** @param pairs id and secret, one pair after the other; the last stays */
export function fakeSecrets(...pairs: readonly (readonly [string, string])[]): FakeSecrets {
  let refused = 0;
  return {
    async get() {
      const [clientId, clientSecret] = pairs[Math.min(refused, pairs.length - 1)] ?? ['id', 'secret'];
      return { clientId, clientSecret };
    },
    expire: () => void refused++,
    refused: () => refused,
  };
}

export interface Api {
  readonly client: Client;
  readonly run: TestRun;
  readonly secrets: FakeSecrets;
  /** What was asked beside tokens. */
  readonly calls: () => readonly Asked[];
  /** The bearer tokens of those calls. */
  readonly bearers: () => readonly string[];
  readonly tokens: () => number;
}

/** An API that gives tokens `t1`, `t2` and so on, and answers every other call as told. */
export async function startApi(answer: Answer, run: TestRun = testRun()): Promise<Api> {
  let tokens = 0;
  const { origin, asked } = await serve((response, request) => {
    const token = () => json(200, { access_token: `t${++tokens}`, expires_in: 1799 });
    (request.url.pathname === '/oauth/token' ? token() : answer)(response, request);
  });
  const secrets = fakeSecrets();
  const calls = () => asked.filter(({ url }) => url.pathname !== '/oauth/token');
  return {
    client: mimecastClient(origin, axiosHttp(5_000), secrets, run.clock),
    run,
    secrets,
    calls,
    bearers: () => calls().map(({ headers }) => headers.authorization?.replace(/^Bearer /, '') ?? ''),
    tokens: () => tokens,
  };
}
