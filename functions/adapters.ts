import { tableCheckpoints } from './azure/checkpoints.ts';
import { checkpointTable } from './azure/checkpoint-table.ts';
import { managedIdentity } from './azure/credential.ts';
import { azureLogs } from './azure/logs.ts';
import { settingSecrets, vaultSecrets } from './azure/secrets.ts';
import type { Checkpoints, Clock, Cut, Logs, Read } from './collect/ports.ts';
import { mimecastClient } from './mimecast/client.ts';
import { axiosHttp } from './mimecast/http.ts';
import { mimecastRead } from './mimecast/read.ts';
import type { Settings } from './settings.ts';
import { cutInThread } from './thread/cut-in-thread.ts';

/** The ends of the loop, made once per process: they keep tokens, secrets, quotas, connections and a thread. */
export interface Adapters {
  readonly read: Read;
  readonly cut: Cut;
  readonly logs: Logs;
  readonly checkpoints: Checkpoints;
}

/** Makes the adapters that the settings ask for. @param cutThread path of the program `thread/cut-thread` */
export function makeAdapters(settings: Settings, clock: Clock, cutThread: string): Adapters {
  const credential = managedIdentity({ clientId: settings.managedIdentityClientId, clock });
  const secrets =
    settings.secrets.kind === 'vault'
      ? vaultSecrets({ url: settings.secrets.url, credential, clock })
      : settingSecrets(settings.secrets.clientId, settings.secrets.clientSecret);
  const client = mimecastClient(settings.mimecastBaseUrl, axiosHttp(), secrets, clock);
  return {
    read: mimecastRead(client),
    cut: cutInThread(cutThread),
    logs: azureLogs({ destinations: settings.logsIngestion, credential, audience: settings.monitorAudience }),
    checkpoints: tableCheckpoints({
      client: checkpointTable(settings.checkpoints, credential),
      account: settings.account,
      clock,
      random: Math.random,
    }),
  };
}
