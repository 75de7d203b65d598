import type http from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { portOf } from './listener.ts';

interface TableServer {
  readonly httpServer: http.Server;
  start(): Promise<void>;
  close(): Promise<void>;
}
type Loaded<Constructor> = { readonly default: Constructor };

/** Azurite's one account, whose name and key it publishes. */
export interface Account {
  readonly name: string;
  readonly key: Buffer;
}

/** Azurite's table server, listening on 127.0.0.1 over plain http. */
export interface Azurite {
  readonly port: number;
  readonly account: Account;
  close(): Promise<void>;
}

/** Starts Azurite's table server in this process. @param folder where tables are kept; without it in memory */
export async function startAzurite(folder?: string): Promise<Azurite> {
  const require = createRequire(import.meta.url);
  const constants: {
    EMULATOR_ACCOUNT_NAME: string;
    EMULATOR_ACCOUNT_KEY: Buffer;
  } = require('azurite/dist/src/common/utils/constants');
  const configuration: Loaded<
    new (...settings: unknown[]) => object
  > = require('azurite/dist/src/table/TableConfiguration');
  const server: Loaded<new (settings: object) => TableServer> = require('azurite/dist/src/table/TableServer');

  const isInMemory = folder === undefined;
  const file = join(folder ?? '', 'tables.json');
  // Port 0, keep-alive of 5 s, no logs, not loose, any API version, no certificate, no OAuth, names in host or path.
  // prettier-ignore
  const settings = new configuration.default(
    '127.0.0.1', 0, 5, file, false, false, undefined, undefined, false, true, '', '', '', undefined, false, isInMemory,
  );
  const tables = new server.default(settings);
  await tables.start();
  return {
    port: portOf(tables.httpServer),
    account: { name: constants.EMULATOR_ACCOUNT_NAME, key: constants.EMULATOR_ACCOUNT_KEY },
    close: async () => {
      await tables.close();
      tables.httpServer.closeAllConnections();
    },
  };
}
