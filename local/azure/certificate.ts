import { randomUUID } from 'node:crypto';
import tls from 'node:tls';
import { generate } from 'selfsigned';

/** A private key and its certificate, both PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

const dayMs = 86_400_000;

/** Makes a self-signed certificate for localhost, 127.0.0.1 and the given host names; it holds for a year. */
export async function createCertificate(names: readonly string[]): Promise<Tls> {
  const hosts = new Set(['localhost', ...names]);
  // Of two trusted certificates with the same subject, OpenSSL may try the wrong one and refuse the server.
  const subject = [{ name: 'commonName', value: `local ${randomUUID()}` }];
  const pem = await generate(subject, {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + 365 * dayMs),
    extensions: [
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...[...hosts].map((value) => ({ type: 2 as const, value })), { type: 7, ip: '127.0.0.1' }],
      },
    ],
  });
  return { key: pem.private, cert: pem.cert };
}

/** Makes this process accept servers with this certificate; a child process needs `NODE_EXTRA_CA_CERTS` instead. */
export function trust(cert: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert]);
}
