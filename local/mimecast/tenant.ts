import type { JsonObject } from '../../functions/tables/json.ts';
import { answersFrom } from './answers.ts';
import type { BatchFile } from './batch-files.ts';
import type { Campaign } from './campaigns.ts';
import type { BatchFeedName, Endpoint, FeedName, Product, SnapshotFeedName, WindowFeedName } from './endpoints.ts';
import { answerFile } from './file-host.ts';
import { signLinks } from './file-links.ts';
import { answerApi } from './gateway.ts';
import { keepQuota, type Limit } from './quota.ts';
import type { Served } from './served.ts';
import { listen } from './server.ts';
import { isWindowFeed, keepStores, servedBy } from './stores.ts';
import { keepTokens } from './tokens.ts';
import { keepTroubles, type Trouble } from './trouble.ts';

export type { BatchFile, Endpoint, FeedName, Product, SnapshotFeedName, Trouble, WindowFeedName };
export type { TroubleKind } from './trouble.ts';

export const defaultClientId = 'simulated-client';
export const defaultClientSecret = 'simulated-secret';

export interface TenantOptions {
  /** Epoch ms; `Date` when left out. */
  readonly clock?: { now(): number } | undefined;
  /** Without it the tenant speaks plain http. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** The host name in `origin`. */
  readonly apiName?: string | undefined;
  /** The host name in the links to files, which a second server on its own port serves. */
  readonly filesName?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** When left out 50 in 15 minutes for each batch listing, and enough for the others. */
  readonly quota?: Partial<Record<Endpoint, Limit>> | undefined;
  readonly linkLifeMs?: number | undefined;
  readonly tokenLifeSeconds?: number | undefined;
  /** The quota headers on every answer that passed the quota, not only once it is exceeded. */
  readonly headersAlways?: boolean | undefined;
  /** The most rows or files on a page, below what Mimecast allows (500 rows, 100 files). */
  readonly pageCap?: number | undefined;
}

/** A Mimecast tenant on this machine, made of what is added to it. */
export interface Tenant {
  /** Base URL of the API. */
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** From now on only the new credentials are accepted, and tokens given for the old ones no longer are. */
  rotate(clientId: string, clientSecret: string): void;
  /** Adds events that can be read from `availableAt` on (epoch ms; now when left out), which may lie after their own time. */
  add(feed: WindowFeedName | SnapshotFeedName, events: readonly JsonObject[], availableAt?: number): void;
  /** Adds a batch file. @returns its name: the link's path */
  addFile(feed: BatchFeedName, file: BatchFile): string;
  addCampaign(campaign: Campaign, users: readonly JsonObject[]): void;
  trouble(trouble: Trouble): void;
  /** Ends all trouble. */
  calm(): void;
  unlicense(product: Product): void;
  license(product: Product): void;
  /** Every event that could be served, now or later: one side of the loss ledger. Snapshots: each user (and campaign) once. */
  events(feed: FeedName): readonly Served[];
  /** Requests since the start, refused ones included. */
  readonly requests: Readonly<Record<Endpoint, number>>;
  /** Also destroys the sockets that are open. */
  close(): Promise<void>;
}

export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
  const { tls, linkLifeMs = 30 * 60_000, tokenLifeSeconds = 1799, pageCap = Number.POSITIVE_INFINITY } = options;
  const { clientId = defaultClientId, clientSecret = defaultClientSecret } = options;
  const now = (): number => (options.clock ?? Date).now();
  const stores = keepStores(now);
  const requests = noRequests();
  const unlicensed = new Set<Product>();
  const origins = { api: '', files: '' };
  const links = signLinks(() => origins.files, linkLifeMs, now);
  const tenant = {
    troubles: keepTroubles(),
    tokens: keepTokens({ clientId, clientSecret }, tokenLifeSeconds, now),
    quota: keepQuota(options.quota ?? {}, now),
    requests,
    unlicensed,
    headersAlways: options.headersAlways ?? false,
    now,
    elsewhere: () => `${origins.files}/elsewhere`,
    answer: answersFrom({ stores, links, requests, now, pageCap }),
  };
  const files = await listen((request) => answerFile(tenant, stores.files, links, request), tls);
  const api = await listen((request) => answerApi(tenant, request), tls);
  const scheme = tls ? 'https' : 'http';
  origins.files = `${scheme}://${options.filesName ?? '127.0.0.1'}:${files.port}`;
  origins.api = `${scheme}://${options.apiName ?? '127.0.0.1'}:${api.port}`;
  return {
    origin: origins.api,
    get clientId() {
      return tenant.tokens.credentials.clientId;
    },
    get clientSecret() {
      return tenant.tokens.credentials.clientSecret;
    },
    rotate: (id, secret) => tenant.tokens.rotate({ clientId: id, clientSecret: secret }),
    add: (feed, events, availableAt = now()) =>
      isWindowFeed(feed)
        ? stores.window[feed].add(events, availableAt)
        : stores.snapshot[feed].add(events, availableAt),
    addFile: (feed, file) => stores.batch[feed].add(file),
    addCampaign: (campaign, users) => stores.campaigns.add(campaign, users, now()),
    trouble: (trouble) => tenant.troubles.add(trouble),
    calm: () => tenant.troubles.calm(),
    unlicense: (product) => void unlicensed.add(product),
    license: (product) => void unlicensed.delete(product),
    events: (feed) => servedBy(stores, feed),
    requests,
    close: async () => void (await Promise.all([files.close(), api.close()])),
  };
}

function noRequests(): Record<Endpoint, number> {
  const batch = { cgBatch: 0, ciBatch: 0 };
  const windows = { audit: 0, dlp: 0, ttpUrl: 0, ttpAttachment: 0, ttpImpersonation: 0 };
  const snapshots = { performance: 0, safeScore: 0, watchlist: 0, campaigns: 0, userData: 0 };
  return { token: 0, files: 0, ...batch, ...windows, ...snapshots };
}
