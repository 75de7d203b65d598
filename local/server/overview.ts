import { type Connector, connectors } from '../../functions/connectors.ts';
import { tables } from '../../functions/tables/index.ts';
import { appVersion } from '../../functions/version.ts';
import type { HostState } from '../host-process.ts';
import type { LedgerLine } from '../ledger.ts';
import type { Filling } from '../tenant-life.ts';
import { type Condition, conditionOf } from './condition.ts';
import type { FeedRun } from './feed-run.ts';
import type { Activity } from './host-activity.ts';
import type { ShownSwitch } from './switches.ts';

/** Which Mimecast is read: a simulated tenant, or the real one whose credentials are in the environment. */
export type Source = ({ readonly kind: 'simulated' } & Filling) | { readonly kind: 'real'; readonly url: string };

/** A feed as the page shows it. */
export interface ShownFeed extends Condition {
  readonly name: string;
  readonly table: string;
  /** In its table. */
  readonly rows: number;
  readonly lastRun: FeedRun | undefined;
  /** From the newest event to the end of the latest run that read any. */
  readonly lagSeconds: number | undefined;
}

/** A connector as the page shows it. Times are epoch milliseconds. */
export interface ShownConnector extends Activity {
  readonly name: string;
  readonly isOn: boolean;
  readonly feeds: readonly ShownFeed[];
}

/** A line of the loss ledger; what a real tenant has served nobody can count. */
export interface ShownLedgerLine {
  readonly feed: string;
  readonly table: string;
  readonly served: number | null;
  readonly landed: number | null;
  readonly waiting: number | null;
  readonly rejected: number;
  readonly lost: number | null;
  readonly repeated: number;
  readonly rows: number;
}

/** All the page needs to know at a time, save rows and history. */
export interface Overview {
  readonly now: number;
  readonly version: string;
  readonly source: Source;
  readonly host: { readonly state: HostState; readonly pid: number | undefined; readonly restarts: number };
  readonly connectors: readonly ShownConnector[];
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  readonly ledger: readonly ShownLedgerLine[];
  readonly switches: readonly ShownSwitch[];
}

/** What an overview is made from. */
export interface OverviewParts extends Pick<Overview, 'now' | 'source' | 'host' | 'switches'> {
  /** The names in the setting CONNECTORS. */
  readonly enabled: readonly string[];
  readonly activity: (connector: string) => Activity;
  readonly runs: ReadonlyMap<string, FeedRun>;
  /** The lag of the latest run that read anything, by feed. */
  readonly lags: ReadonlyMap<string, number>;
  readonly rows: ReadonlyMap<string, number>;
  readonly rejectedRows: ReadonlyMap<string, number>;
  readonly ledger: readonly LedgerLine[];
}

/** Puts the overview together. */
export function overviewOf(parts: OverviewParts): Overview {
  const { now, source, host, switches, rows } = parts;
  return {
    now,
    version: appVersion,
    source,
    host,
    switches,
    connectors: connectors.map((connector) => connectorOf(connector, parts)),
    tables: tables.map(({ name }) => ({ name, rows: rows.get(name) ?? 0 })),
    ledger: parts.ledger.map((line) => ledgerLineOf(line, parts)),
  };
}

function connectorOf({ name, setting, feeds }: Connector, parts: OverviewParts): ShownConnector {
  return {
    name,
    isOn: parts.enabled.includes(setting),
    ...parts.activity(name),
    feeds: feeds.map((feed) => {
      const lastRun = parts.runs.get(feed.name);
      const lagSeconds = parts.lags.get(feed.name);
      const { name: table } = feed.table;
      const rows = parts.rows.get(table) ?? 0;
      return { name: feed.name, table, rows, lastRun, lagSeconds, ...conditionOf(lastRun) };
    }),
  };
}

function ledgerLineOf(line: LedgerLine, { source, rejectedRows }: OverviewParts): ShownLedgerLine {
  if (source.kind === 'simulated') return line;
  const unknown = { served: null, landed: null, waiting: null, lost: null };
  return { ...line, ...unknown, rejected: rejectedRows.get(line.feed) ?? 0 };
}
