import dns, { lookup as namedLookup } from 'node:dns';
import { lookup as promisedLookup } from 'node:dns/promises';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { mapNames } from '../../../local/azure/names.ts';

beforeAll(() => {
  mapNames({ 'contoso.vault.azure.net': '127.0.0.1' });
  mapNames({ '.ingest.monitor.azure.com': '127.0.0.1' });
});

const mapped = ['contoso.vault.azure.net', 'CONTOSO.Vault.Azure.net', 'dcr-1.westeurope-1.ingest.monitor.azure.com'];
const loopback = { address: '127.0.0.1', family: 4 };

test.each(mapped)('answers a callback that asks for %s', async (host) => {
  const answer = await new Promise((resolve) => {
    dns.lookup(host, (error, address, family) => resolve({ error, address, family }));
  });
  expect(answer).toEqual({ error: null, ...loopback });
});

test.each(mapped)('answers a callback that asks for all addresses of %s', async (host) => {
  const answer = await new Promise((resolve) => {
    namedLookup(host, { all: true }, (error, addresses) => resolve({ error, addresses }));
  });
  expect(answer).toEqual({ error: null, addresses: [loopback] });
});

test.each(mapped)('answers every promise form for %s', async (host) => {
  expect(await dns.promises.lookup(host)).toEqual(loopback);
  expect(await promisedLookup(host, { family: 4 })).toEqual(loopback);
  expect(await promisedLookup(host, { all: true })).toEqual([loopback]);
  expect(await promisify(dns.lookup)(host)).toEqual(loopback);
});

test('never answers before the caller has gone on', async () => {
  const order: string[] = [];
  const answered = new Promise<void>((resolve) => {
    dns.lookup('contoso.vault.azure.net', () => {
      order.push('answered');
      resolve();
    });
  });
  order.push('gone on');
  await answered;
  expect(order).toEqual(['gone on', 'answered']);
});

test('leaves other names to the system, also those that only end alike', async () => {
  expect(await promisedLookup('localhost', { family: 4 })).toEqual(loopback);
  const refused = await new Promise<string | undefined>((resolve) => {
    dns.lookup('other-contoso.vault.azure.net.invalid', (error) => resolve(error?.code));
  });
  expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(refused);
  await expect(promisedLookup('ingest.monitor.azure.com.invalid')).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
});
