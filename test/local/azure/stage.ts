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

/** What a promise rejects with. @throws when it does not */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ code: unknown; status: unknown; message: string }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it did not fail');
  const inner = error.cause instanceof Error ? error.cause : error;
  return {
    code: 'code' in inner ? inner.code : undefined,
    status: 'statusCode' in inner ? inner.statusCode : undefined,
    message: error.message,
  };
}
