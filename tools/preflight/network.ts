import { connect } from 'node:net';
import * as z from 'zod';
import type { AppSettings } from '../deploy/app.ts';
import type { Finding } from './finding.ts';

/** Opens a connection to a host and closes it. @throws Error when there is no way */
export type Reach = (host: string, port: number) => Promise<void>;

const timeoutMs = 10_000;
const endpoints = z.array(z.object({ endpoint: z.string() }));

/** Opens a TCP connection. @throws Error with the code of the system, such as ENOTFOUND */
export const reach: Reach = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('ETIMEDOUT')));
  });

/** Whether every host that the app talks to can be reached from this machine. */
export async function checkNetwork(settings: AppSettings, way: Reach): Promise<readonly Finding[]> {
  const urls = [
    settings['MIMECAST_BASE_URL'],
    ...ingestionEndpoints(settings['LOGS_INGESTION'] ?? ''),
    settings['KEY_VAULT_URL'],
    settings['CHECKPOINT_STORAGE'],
    settings['AzureWebJobsStorage__blobServiceUri'],
  ].flatMap((text) => URL.parse(text ?? '') ?? []);
  const hosts = new Map(urls.map((url) => [url.host, url] as const));
  const findings: Finding[] = [];
  for (const [host, url] of hosts) {
    const port = Number(url.port || 443);
    findings.push({ what: `way to ${host} from this machine`, wrong: await wrongWay(url.hostname, port, way) });
  }
  return findings;
}

async function wrongWay(host: string, port: number, way: Reach): Promise<string | undefined> {
  try {
    await way(host, port);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no connection';
    return `${code}. Let port ${port} of it pass the firewall, and see that its name is known; where it is private, run this inside the network (docs/private-networking.md).`;
  }
}

function ingestionEndpoints(text: string): readonly string[] {
  try {
    return endpoints.parse(JSON.parse(text)).map(({ endpoint }) => endpoint);
  } catch {
    return [];
  }
}
