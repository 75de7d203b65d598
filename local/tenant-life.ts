import type { Ledger } from './ledger.ts';
import { type Extra, addExtra } from './tenant-extras.ts';
import type { Tenant } from './mimecast/tenant.ts';

/** How a simulated tenant is filled: with a past that ends at `now` (epoch milliseconds). */
export interface Filling {
  readonly seed: number;
  readonly now: number;
  readonly days: number;
  readonly users: number;
  /** Without attacks. */
  readonly quiet: boolean;
}

/** What happens in a tenant after it was filled. */
interface Story {
  /** Adds the events of a span (epoch milliseconds); the same ones for the same span. */
  live(from: number, to: number): void;
}

export type Fill = (tenant: Tenant, filling: Filling) => Story;

/** What was added to a tenant out of turn, after how many steps of its life. */
export interface LifeExtra extends Extra {
  readonly step: number;
}

/** A simulated tenant as time goes on. Times are epoch milliseconds. */
export interface TenantLife {
  /** Adds what happens until a minute after `now`. */
  liveUntil(now: number): void;
  /** Adds files out of turn. @returns their names */
  add(kind: Extra['kind'], now: number): readonly string[];
}

interface Options {
  readonly tenant: Tenant;
  readonly ledger: Ledger;
  readonly fill: Fill;
  readonly filling: Filling;
  /** What was added out of turn in earlier processes. */
  readonly extras: readonly LifeExtra[];
  /** Saves an extra before it is added. */
  readonly onExtra: (extra: LifeExtra) => void;
}

/** Files are numbered as they are added, so life goes on in steps that do not depend on when it was stopped. */
const stepMs = 60_000;

/** Fills the tenant and tells the ledger all that is added to it; what was added out of turn comes again at its place. */
export function startTenantLife({ tenant, ledger, fill, filling, extras, onExtra }: Options): TenantLife {
  const timeOf = (step: number): number => filling.now + step * stepMs;
  let step = 0;
  let replayed = 0;
  let added = 0;
  const watched = watch(tenant, ledger, () => timeOf(step));
  const story = fill(watched, filling);

  const replay = (): void => {
    for (let extra = extras[replayed]; extra && extra.step <= step; extra = extras[++replayed])
      addExtra(watched, filling.seed, extra);
  };

  return {
    liveUntil(now) {
      // What happens is added before it can be read: a listing that was shown already must not change.
      while (timeOf(step) <= now + stepMs) {
        replay();
        story.live(timeOf(step), timeOf(step + 1));
        step++;
      }
      replay();
    },
    add(kind, now) {
      const extra = { kind, number: extras.length + added++, at: now, step };
      onExtra(extra);
      return addExtra(watched, filling.seed, extra);
    },
  };
}

/** The tenant, telling the ledger what is added to it. @param time when something is added that does not say so */
function watch(tenant: Tenant, ledger: Ledger, time: () => number): Tenant {
  return {
    ...tenant,
    add(feed, events, availableAt = time()) {
      tenant.add(feed, events, availableAt);
      ledger.serve(feed, events, availableAt);
    },
    addFile(feed, file) {
      const availableAt = file.availableAt ?? time();
      const name = tenant.addFile(feed, { ...file, availableAt });
      ledger.serveFile(feed, name, file, availableAt);
      return name;
    },
    addCampaign(campaign, users) {
      tenant.addCampaign(campaign, users);
      ledger.serve(
        'AwarenessUserData',
        users.map((user) => ({ ...user, campaignId: campaign.id })),
        time(),
      );
    },
  };
}
