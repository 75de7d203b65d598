import { ConnectorError } from '../functions/collect/fault.ts';
import { connectors } from '../functions/connectors.ts';
import { type Environment, readSettings } from '../functions/settings.ts';
import { tables } from '../functions/tables/index.ts';

export const nowMs = Date.parse('2026-11-21T23:50:00Z');
export const tableNames = tables.map((table) => table.name);
export const secret = 'Zq8-very-secret-value';
export const accountKey = 'bm90LWEtcmVhbC1rZXk=';

/** The shortest environment in which the app runs. */
const minimal: Environment = {
  MIMECAST_CLIENT_ID: 'id-of-the-application',
  MIMECAST_CLIENT_SECRET: secret,
  LOGS_INGESTION: logs({}),
  CHECKPOINT_STORAGE: 'https://account.table.core.windows.net',
};

/** A `LOGS_INGESTION` of one rule that has every table, but for the change. */
export function logs(change: { endpoint?: unknown; rule?: unknown; tables?: unknown }): string {
  return JSON.stringify([
    { endpoint: 'https://dce.example.com', rule: 'dcr-0123456789abcdef', tables: tableNames, ...change },
  ]);
}

/** Reads the settings of the minimal environment, but for the change. */
export function read(change: Environment = {}) {
  return readSettings({ ...minimal, ...change }, connectors, nowMs);
}

/** The lines of the error that names the problems, without the first. */
export function problems(change: Environment): readonly string[] {
  try {
    read(change);
  } catch (error) {
    if (error instanceof ConnectorError && error.fault === 'denied') return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}
