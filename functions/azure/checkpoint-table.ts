import { TableClient } from '@azure/data-tables';
import { ConnectorError } from '../collect/fault.ts';
import { clientOptions } from './client-options.ts';
import type { Credential } from './credential.ts';

/** The settings CHECKPOINT_STORAGE and CHECKPOINT_TABLE. */
export type CheckpointTable = { readonly table: string } & (
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'connectionString'; readonly connectionString: string }
);

/** The table of the checkpoints, reached with the app's identity or with the key in a connection string. */
export function checkpointTable(settings: CheckpointTable, credential: Credential): TableClient {
  if (settings.kind === 'url') {
    return new TableClient(settings.url, settings.table, credential, clientOptions(credential));
  }
  try {
    // Plain http is for the storage emulator; the settings allow it on this machine alone.
    const options = { ...clientOptions(), allowInsecureConnection: true };
    return TableClient.fromConnectionString(settings.connectionString, settings.table, options);
  } catch {
    throw new ConnectorError('denied', 'CHECKPOINT_STORAGE is no connection string of a storage account.');
  }
}
