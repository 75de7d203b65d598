import { type Endpoint, places } from '../mimecast/endpoints.ts';
import type { Tenant, Trouble } from '../mimecast/tenant.ts';
import type { Ingestion } from '../sentinel/ingestion.ts';
import type { TenantLife } from '../tenant-life.ts';
import { isSwitchName, type SwitchName, type SwitchText, switchTexts } from './switch-texts.ts';

/** A switch that makes trouble, as the page shows it. */
export interface ShownSwitch extends SwitchText {
  readonly name: SwitchName;
  readonly isOn: boolean;
  /** What came of it; empty when it was not used. */
  readonly happens: string;
}

/** The switches that make trouble. A real tenant has none of the simulated one's. */
export interface Switches {
  readonly list: () => readonly ShownSwitch[];
  /** Switches on or off; what does not stay on happens once. @returns whether there is such a switch */
  set(name: string, isOn: boolean): Promise<boolean>;
}

interface Options {
  /** The simulated tenant and its life; without it Mimecast is left alone. */
  readonly simulated?: { readonly tenant: Tenant; readonly life: TenantLife } | undefined;
  readonly ingestion: Ingestion;
  /** Kills the host in mid-run. */
  readonly killHost: () => void;
  /** What the latest killing came to. */
  readonly killing: () => string;
}

const throttleWaitMs = 5000;
const apiEndpoints: readonly Endpoint[] = Object.keys(places).filter(isApiEndpoint);

/** All switches are off at first. */
export function openSwitches({ simulated, ingestion, killHost, killing }: Options): Switches {
  const on = new Set<SwitchName>();
  let deadFiles: readonly string[] = [];
  let brokenLinesAt = '';
  const names = Object.keys(switchTexts)
    .filter(isSwitchName)
    .filter((name) => simulated !== undefined || switchTexts[name].at === 'azure');

  const happensTo = (name: SwitchName): string =>
    name === 'killHost' ? killing() : name === 'brokenLines' ? brokenLinesAt : '';
  const act = async (name: SwitchName): Promise<void> => {
    if (name === 'killHost') killHost();
    if (name === 'brokenLines') {
      simulated?.life.add(name, Date.now());
      brokenLinesAt = `Listed at ${new Date().toISOString().slice(11, 19)} UTC; see Rejected.`;
    }
    if (name === 'deadFile') deadFiles = (on.has(name) && simulated?.life.add(name, Date.now())) || [];
    // In a quiet hour nothing else would wait.
    if (on.has(name) && name !== 'deadFile') simulated?.life.add('mail', Date.now());
    if (name === 'refuseRows') {
      await ingestion.calm();
      if (on.has(name)) ingestion.trouble({ kind: 'status503' });
    }
    // A tenant is calmed as a whole, so what stays on begins again.
    simulated?.tenant.calm();
    for (const trouble of tenantTroubles(on, deadFiles)) simulated?.tenant.trouble(trouble);
  };

  return {
    list: () => names.map((name) => ({ name, ...switchTexts[name], isOn: on.has(name), happens: happensTo(name) })),
    async set(name, isOn) {
      if (!isSwitchName(name) || !names.includes(name)) return false;
      const { stays } = switchTexts[name];
      if (isOn === (stays && on.has(name))) return true;
      if (isOn && stays) on.add(name);
      else on.delete(name);
      await act(name);
      return true;
    },
  };
}

function tenantTroubles(on: ReadonlySet<SwitchName>, deadFiles: readonly string[]): readonly Trouble[] {
  const troubles: Trouble[] = [];
  const times = Number.POSITIVE_INFINITY;
  if (on.has('outage'))
    for (const at of [...apiEndpoints, 'token', 'files'] as const) troubles.push({ at, kind: 'status503', times });
  if (on.has('throttle'))
    for (const at of apiEndpoints) troubles.push({ at, kind: 'throttled', times, waitMs: throttleWaitMs });
  for (const file of deadFiles) troubles.push({ at: 'files', kind: 'linkMissing', file, times });
  return troubles;
}

function isApiEndpoint(name: string): name is Endpoint {
  return name !== 'token' && Object.hasOwn(places, name);
}
