import type { JsonObject } from '../../functions/tables/json.ts';
import type { DeployRequest } from './request.ts';
import { Stop } from './stop.ts';
import type { Terminal } from './terminal.ts';

/** The Mimecast credentials that go to the vault; empty texts leave it alone. */
export interface Credentials {
  readonly mimecastClientId: string;
  readonly mimecastClientSecret: string;
}

/** Takes them as given, or asks; the vault of a connector that runs has them already. @throws Stop when none is given */
export async function readCredentials(
  { clientId, clientSecret }: DeployRequest,
  isThere: boolean,
  terminal: Terminal,
): Promise<Credentials> {
  if (isThere && clientId === undefined && clientSecret === undefined) {
    return { mimecastClientId: '', mimecastClientSecret: '' };
  }
  return {
    mimecastClientId: clientId ?? needed(await terminal.ask('Client id of the Mimecast API application'), 'id'),
    mimecastClientSecret: clientSecret ?? needed(await terminal.askSecret('Client secret (not shown)'), 'secret'),
  };
}

function needed(answer: string, what: string): string {
  if (answer !== '') return answer;
  throw new Stop(
    `Nothing was changed. The client ${what} of the Mimecast API application is needed: see docs/install.md.`,
  );
}

/** What stands for them in a preview, which need only know that they are set. */
export function hidden({ mimecastClientId, mimecastClientSecret }: Credentials): JsonObject {
  return {
    mimecastClientId: mimecastClientId && 'not shown',
    mimecastClientSecret: mimecastClientSecret && 'not shown',
  };
}

/** Does what handles the credentials; should its error repeat the secret, it is cut out of it. */
export async function hiding<T>({ mimecastClientSecret: secret }: Credentials, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (secret === '' || !(error instanceof Error) || !error.message.includes(secret)) throw error;
    throw new Stop(error.message.replaceAll(secret, '…'));
  }
}
