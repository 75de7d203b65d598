import { type BatchStore, keepFiles, type StoredFile } from './batch-store.ts';
import { type CampaignStore, keepCampaigns } from './campaigns.ts';
import type { BatchFeedName, FeedName, SnapshotFeedName, WindowFeedName } from './endpoints.ts';
import type { Served } from './served.ts';
import { keepSnapshot, snapshotPlaces, type SnapshotStore } from './snapshot.ts';
import { keepWindow, windowPlaces, type WindowStore } from './window.ts';

/** All the tenant holds, feed by feed. */
export interface Stores {
  readonly batch: Readonly<Record<BatchFeedName, BatchStore>>;
  readonly window: Readonly<Record<WindowFeedName, WindowStore>>;
  readonly snapshot: Readonly<Record<SnapshotFeedName, SnapshotStore>>;
  readonly campaigns: CampaignStore;
  /** The files of both batch feeds by name. */
  readonly files: ReadonlyMap<string, StoredFile>;
}

export function keepStores(now: () => number): Stores {
  const files = new Map<string, StoredFile>();
  return {
    files,
    batch: { SegCg: keepFiles('SegCg', files, now), CloudIntegrated: keepFiles('CloudIntegrated', files, now) },
    window: {
      Audit: keepWindow(windowPlaces.Audit),
      SegDlp: keepWindow(windowPlaces.SegDlp),
      TtpUrl: keepWindow(windowPlaces.TtpUrl),
      TtpAttachment: keepWindow(windowPlaces.TtpAttachment),
      TtpImpersonation: keepWindow(windowPlaces.TtpImpersonation),
    },
    snapshot: {
      AwarenessPerformanceDetails: keepSnapshot(snapshotPlaces.AwarenessPerformanceDetails),
      AwarenessSafeScoreDetails: keepSnapshot(snapshotPlaces.AwarenessSafeScoreDetails),
      AwarenessWatchlistDetails: keepSnapshot(snapshotPlaces.AwarenessWatchlistDetails),
    },
    campaigns: keepCampaigns(),
  };
}

export function isWindowFeed(name: string): name is WindowFeedName {
  return Object.hasOwn(windowPlaces, name);
}

function isSnapshotFeed(name: string): name is SnapshotFeedName {
  return Object.hasOwn(snapshotPlaces, name);
}

/** Every event a feed could serve, now or later. */
export function servedBy(stores: Stores, feed: FeedName): readonly Served[] {
  if (isWindowFeed(feed)) return stores.window[feed].served();
  if (isSnapshotFeed(feed)) return stores.snapshot[feed].served();
  return feed === 'AwarenessUserData' ? stores.campaigns.served() : stores.batch[feed].served();
}
