import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { type Tls, createCertificate, trust } from '../../../local/azure/certificate.ts';
import { portOf } from '../../../local/azure/listener.ts';
import { mapNames } from '../../../local/azure/names.ts';
import { failureOf } from './stage.ts';

let server: https.Server | undefined;
afterEach(() => {
  server?.close().closeAllConnections();
});

async function start(tls: Tls): Promise<number> {
  const started = https.createServer(tls, (_, response) => response.end('here'));
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return portOf(started);
}

const read = async (url: string): Promise<string> => (await fetch(url)).text();

test('names localhost, 127.0.0.1 and the given hosts, each in full', async () => {
  const { cert } = await createCertificate(['contoso.vault.azure.net', 'localhost']);
  const { subjectAltName } = new X509Certificate(cert);
  expect(subjectAltName).toBe('DNS:localhost, DNS:contoso.vault.azure.net, IP Address:127.0.0.1');
});

test('is valid from yesterday for at least three hundred days', async () => {
  const { validFromDate, validToDate } = new X509Certificate((await createCertificate([])).cert);
  expect(validFromDate.getTime()).toBeLessThan(Date.now() - 80_000_000);
  expect(validToDate.getTime()).toBeGreaterThan(Date.now() + 300 * 86_400_000);
});

test('is refused until this process trusts it', async () => {
  const tls = await createCertificate([]);
  const port = await start(tls);
  expect((await failureOf(read(`https://127.0.0.1:${port}/`))).code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  trust(tls.cert);
  expect(await read(`https://127.0.0.1:${port}/`)).toBe('here');
  expect(await read(`https://localhost:${port}/`)).toBe('here');
});

test('is trusted beside earlier ones', async () => {
  for (let count = 1; count <= 4; count++) {
    const tls = await createCertificate([]);
    trust(tls.cert);
    expect(await read(`https://127.0.0.1:${await start(tls)}/`)).toBe('here');
    server?.close().closeAllConnections();
  }
});

test('holds for the names in it and no others', async () => {
  const tls = await createCertificate(['one.example.net']);
  trust(tls.cert);
  mapNames({ '.example.net': '127.0.0.1' });
  const port = await start(tls);
  expect(await read(`https://one.example.net:${port}/`)).toBe('here');
  expect((await failureOf(read(`https://two.example.net:${port}/`))).code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});
