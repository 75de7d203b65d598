import { connectors } from '../functions/connectors.ts';
import { readSchedules } from '../functions/settings/schedule.ts';
import { type Environment, readSettings } from '../functions/settings.ts';
import { logs, nowMs } from './minimal-environment.ts';

/** The names that the app looks up in the environment, with a key vault and without. */
export function settingsRead(): ReadonlySet<string> {
  const names = new Set<string>();
  const watched = (environment: Environment) =>
    new Proxy(environment, {
      get(target, name) {
        if (typeof name !== 'string') return undefined;
        names.add(name);
        return target[name];
      },
    });
  const needed = { LOGS_INGESTION: logs({}), CHECKPOINT_STORAGE: 'https://account.table.core.windows.net' };
  const vault = { ...needed, KEY_VAULT_URL: 'https://name.vault.azure.net' };
  const application = { ...needed, MIMECAST_CLIENT_ID: 'id', MIMECAST_CLIENT_SECRET: 'secret' };
  for (const environment of [vault, application]) readSettings(watched(environment), connectors, nowMs);
  readSchedules(watched({}), connectors);
  return names;
}
