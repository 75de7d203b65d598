import { dayOf } from '../../functions/collect/batch.ts';
import { ConnectorError } from '../../functions/collect/fault.ts';
import type { Feed, SnapshotSource, WindowSource } from '../../functions/collect/feed.ts';
import type { Clock, Run, Secrets } from '../../functions/collect/ports.ts';
import { type Client, mimecastClient } from '../../functions/mimecast/client.ts';
import type { Http, Reply } from '../../functions/mimecast/http.ts';
import { askPages } from '../../functions/mimecast/legacy-page.ts';
import { list } from '../../functions/mimecast/listing.ts';
import { type Finding, finding } from './finding.ts';

/** How Mimecast is asked. */
export interface MimecastWorld {
  readonly http: Http;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

const timeoutMs = 60_000;
/** Tokens and signed links live for minutes, so a clock may be off by no more. */
const clockToleranceMs = 5 * 60_000;

/** Base URL, credentials, clock, and product and role of each feed. @param baseUrl without a slash at its end */
export async function checkMimecast(
  baseUrl: string,
  feeds: readonly Feed[],
  world: MimecastWorld,
): Promise<readonly Finding[]> {
  const credentials = await finding('credentials can be read by you', () => readable(world.secrets));
  if (credentials.wrong !== undefined) return [credentials];
  const { findings, isSignedIn } = await signIn(baseUrl, world);
  if (!isSignedIn) return findings;
  const client = mimecastClient(baseUrl, world.http, world.secrets, world.clock);
  const products: Finding[] = [];
  for (const feed of feeds) products.push(await checkFeed(feed, client, world.clock));
  return [...findings, ...products];
}

async function readable(secrets: Secrets): Promise<string | undefined> {
  try {
    await secrets.get();
    return undefined;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return `${words} The app may still read them. To check them, set MIMECAST_CLIENT_ID and MIMECAST_CLIENT_SECRET in your environment.`;
  }
}

async function signIn(
  baseUrl: string,
  { http, secrets, clock }: MimecastWorld,
): Promise<{ readonly findings: readonly Finding[]; readonly isSignedIn: boolean }> {
  const { clientId, clientSecret } = await secrets.get();
  const { host } = new URL(baseUrl);
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
  let reply: Reply;
  try {
    const request = { method: 'POST', url: `${baseUrl}/oauth/token`, data: new URLSearchParams(form) } as const;
    reply = await http.send(request, AbortSignal.timeout(timeoutMs));
  } catch {
    const wrong = `${host} does not answer. Set MIMECAST_BASE_URL to https://api.services.mimecast.com (deploy with --base-url), and open ${host}:443 in the firewall.`;
    return { findings: [{ what: 'base URL', wrong }], isSignedIn: false };
  }
  const isSignedIn = reply.status === 200;
  const isRefused = [400, 401, 403].includes(reply.status);
  return {
    findings: [
      {
        what: 'base URL',
        wrong:
          isSignedIn || isRefused
            ? undefined
            : `${host} answers ${reply.status} where tokens are given. Set MIMECAST_BASE_URL to https://api.services.mimecast.com (deploy with --base-url).`,
      },
      ...(isRefused ? [{ what: 'credentials', wrong: refused(reply.status) }] : []),
      ...(isSignedIn ? [{ what: 'credentials' }] : []),
      clockFinding(reply, clock.now()),
    ],
    isSignedIn,
  };
}

function refused(status: number): string {
  return `Mimecast refuses them (${status}). Generate new keys for the API 2.0 application, see that it is enabled, and deploy with --client-id (docs/secrets.md).`;
}

function clockFinding({ headers }: Reply, now: number): Finding {
  const offMs = Math.abs(Date.parse(headers['date'] ?? '') - now);
  const isOff = offMs > clockToleranceMs;
  const wrong = `it differs from Mimecast's by ${Math.round(offMs / 60_000)} minutes. Let this machine take its time from the network.`;
  return { what: 'clock of this machine', wrong: isOff ? wrong : undefined };
}

async function checkFeed(feed: Feed, client: Client, clock: Clock): Promise<Finding> {
  const signal = AbortSignal.timeout(timeoutMs);
  const run: Run = {
    clock,
    random: Math.random,
    deadline: clock.now() + timeoutMs,
    stop: signal,
    abort: signal,
    startDate: dayOf(clock.now()),
    note: () => undefined,
    throttled: () => undefined,
  };
  return finding(`${feed.name} may be read`, async () => {
    try {
      await askOnce(feed, client, run);
      return undefined;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      if (error.fault === 'denied')
        return `grant the application ${feed.product}, or leave the connector out (--connectors).`;
      if (error.fault === 'throttled')
        return 'the request quota is used up, so it cannot be told now. Run it again in 15 minutes.';
      return `${error.message} Try again; if it stays, see docs/troubleshooting.md.`;
    }
  });
}

/** One request as the feed's reader makes it; no file is opened. */
async function askOnce(feed: Feed, client: Client, run: Run): Promise<void> {
  const { source, product } = feed;
  if (source.kind === 'batch') {
    await list({ ...feed, source }, { from: dayOf(run.clock.now()) }, client, run);
    return;
  }
  const query = source.kind === 'window' ? windowQuery(source, run.clock.now()) : source.query;
  if (source.kind === 'snapshot' && source.campaigns !== undefined) {
    await askCampaign(source, source.campaigns, product, client, run);
    return;
  }
  await askPages({ path: source.path, items: source.items, query, product }, undefined, client, run).next();
}

function windowQuery({ query, from, to }: WindowSource, now: number) {
  const at = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}+0000`;
  return { ...query, [from]: at(now - 10 * 60_000), [to]: at(now - 60_000) };
}

/** The campaigns, and the users of the first. */
async function askCampaign(
  { path, items, query }: SnapshotSource,
  campaigns: string,
  product: string,
  client: Client,
  run: Run,
): Promise<void> {
  const { value } = await askPages({ path: campaigns, product }, undefined, client, run).next();
  const id = value?.records[0]?.['id'];
  if (id === undefined) return;
  await askPages({ path, items, query: { ...query, id }, product }, undefined, client, run).next();
}
