import type { SavedState, StateFolder } from '../state-folder.ts';
import type { Filling, LifeExtra } from '../tenant-life.ts';

/** What a simulated tenant is filled with, as kept from the first start on. */
export interface SavedTenant {
  readonly filling: Filling;
  readonly extras: readonly LifeExtra[];
  /** Keeps what is added out of turn. */
  readonly save: (extra: LifeExtra) => void;
}

type Making = Omit<Filling, 'now'>;
/** What was asked for on the command line; undefined where nothing was. */
export type Wanted = { readonly [K in keyof Making]?: Making[K] | undefined };

/** A tenant as it was asked for; the rest as usual. */
export function tenantFrom({ seed = 1, days = 14, users = 100, quiet = false }: Wanted): Making {
  return { seed, days, users, quiet };
}

/**
 * The tenant that the folder keeps, or a new one that is kept from now on (epoch milliseconds).
 * @throws Error when another one is wanted than the one that is kept
 */
export function keepTenant(folder: StateFolder, wanted: Wanted, now: number): SavedTenant {
  const saved: SavedState = folder.saved ?? { version: 1, startedAt: now };
  const { extras: before, ...making } = saved.tenant ?? { ...tenantFrom(wanted), extras: [] };
  refuseOther(making, wanted);
  const extras: LifeExtra[] = [...before];
  const save = () => folder.save({ ...saved, tenant: { ...making, extras } });
  if (!folder.saved) save();
  return {
    filling: { ...making, now: saved.startedAt },
    extras: before,
    save(extra) {
      extras.push(extra);
      save();
    },
  };
}

function refuseOther(kept: Making, wanted: Wanted): void {
  for (const name of ['seed', 'days', 'users', 'quiet'] as const) {
    const value = wanted[name] ?? kept[name];
    if (value !== kept[name])
      throw new Error(
        `The tenant that .local keeps was begun with --${name} ${String(kept[name])}, not ${String(value)}. Leave the option out, or begin anew: npm start -- --fresh`,
      );
  }
}
