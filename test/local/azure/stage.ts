import { type Tls, createCertificate, trust } from '../../../local/azure/certificate.ts';
import { type Identity, startIdentity } from '../../../local/azure/identity.ts';
import { mapNames } from '../../../local/azure/names.ts';

/** Host names under which the tests reach the local services. */
export const hosts = {
  vault: 'contoso.vault.azure.net',
  tables: 'contoso.table.core.windows.net',
  ingestion: 'contoso-ab12.westeurope-1.ingest.monitor.azure.com',
};

/** A certificate that this process trusts, and an identity that this process's credentials use. */
export interface Stage {
  readonly tls: Tls;
  readonly identity: Identity;
}

/** Prepares this process as the local host prepares the product's: names, certificate authority and environment. */
export async function stage(): Promise<Stage> {
  const tls = await createCertificate(Object.values(hosts));
  trust(tls.cert);
  mapNames(Object.fromEntries(Object.values(hosts).map((host) => [host, '127.0.0.1'])));
  const identity = await startIdentity();
  Object.assign(process.env, identity.environment);
  return { tls, identity };
}

/** What a promise rejects with: its code (a service's own, or that of the connection), status and message. @throws when it does not */
export async function failureOf(promise: Promise<unknown>): Promise<Record<'code' | 'status' | 'message', unknown>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it did not fail');
  // fetch puts the connection's error into `cause`, TableClient the service's answer into `details`.
  const code =
    field(error.cause, 'code') ?? field(field(field(error, 'details'), 'odataError'), 'code') ?? field(error, 'code');
  return { code, status: field(error, 'statusCode'), message: error.message };
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}
