import { parseArgs } from 'node:util';
import { AzureCliCredential } from '@azure/identity';
import { cached } from '../functions/azure/credential.ts';
import { settingSecrets, vaultSecrets } from '../functions/azure/secrets.ts';
import { systemClock } from '../functions/clock.ts';
import type { Secrets } from '../functions/collect/ports.ts';
import { axiosHttp } from '../functions/mimecast/http.ts';
import type { AppSettings } from './deploy/app.ts';
import { processWorld } from './deploy/process-world.ts';
import { runProgram, showsHelp } from './deploy/program.ts';
import { readNames } from './deploy/request.ts';
import { Stop } from './deploy/stop.ts';
import { reach } from './preflight/network.ts';
import { preflight } from './preflight/preflight.ts';

const options = {
  'resource-group': { type: 'string' },
  workspace: { type: 'string' },
  'workspace-resource-group': { type: 'string' },
  name: { type: 'string' },
  'base-url': { type: 'string' },
} as const;

/** The credentials of the environment, else of the app's vault or settings, opened as the user of `az login`. */
function secretsOf(settings: AppSettings): Secrets {
  const { MIMECAST_CLIENT_ID: id, MIMECAST_CLIENT_SECRET: secret } = process.env;
  if (id && secret) return settingSecrets(id, secret);
  const url = settings['KEY_VAULT_URL'];
  if (url) return vaultSecrets({ url, credential: cached(new AzureCliCredential(), systemClock), clock: systemClock });
  const { MIMECAST_CLIENT_ID: ownId, MIMECAST_CLIENT_SECRET: ownSecret } = settings;
  if (ownId && ownSecret) return settingSecrets(ownId, ownSecret);
  throw new Stop('set MIMECAST_CLIENT_ID and MIMECAST_CLIENT_SECRET in the environment to check the credentials.');
}

await runProgram(async () => {
  if (showsHelp('preflight', options, 'docs/troubleshooting.md')) return true;
  const { values } = parseArgs({ options });
  const { name = 'mimecast', 'base-url': baseUrl = 'https://api.services.mimecast.com' } = values;
  const world = { ...processWorld(false), http: axiosHttp(), secretsOf, reach };
  return preflight({ names: readNames(values), name, baseUrl }, world);
});
