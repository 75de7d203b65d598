import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';
import { promisify } from 'node:util';

const addresses = new Map<string, string>();
let isInstalled = false;

/**
 * From now on this process looks the given host names up here; all others go to the system as before.
 * @param map host name, or suffix with a leading dot (`.vault.azure.net`), to IP address
 */
export function mapNames(map: Readonly<Record<string, string>>): void {
  for (const [name, address] of Object.entries(map)) addresses.set(name.toLowerCase(), address);
  if (isInstalled) return;
  isInstalled = true;
  install();
}

function addressOf(host: unknown): string | undefined {
  if (typeof host !== 'string') return undefined;
  const name = host.toLowerCase();
  const exact = addresses.get(name);
  if (exact !== undefined) return exact;
  for (const [suffix, address] of addresses) {
    if (suffix.startsWith('.') && name.endsWith(suffix)) return address;
  }
  return undefined;
}

function install(): void {
  const { lookup } = dns;
  const { lookup: lookupAsync } = dns.promises;

  const byCallback = (...args: unknown[]): unknown => {
    const address = addressOf(args[0]);
    const callback = args.at(-1);
    if (address === undefined || typeof callback !== 'function') return Reflect.apply(lookup, dns, args);
    const found = { address, family: isIP(address) };
    const answer = wantsAll(args[1]) ? [null, [found]] : [null, found.address, found.family];
    process.nextTick(() => Reflect.apply(callback, undefined, answer));
    return {};
  };
  const byPromise = async (...args: unknown[]): Promise<unknown> => {
    const address = addressOf(args[0]);
    if (address === undefined) return Reflect.apply(lookupAsync, dns.promises, args);
    const found = { address, family: isIP(address) };
    return wantsAll(args[1]) ? [found] : found;
  };

  Object.assign(dns.promises, { lookup: byPromise });
  Object.assign(dns, { lookup: Object.assign(byCallback, { [promisify.custom]: byPromise }) });
  // Named imports (`import { lookup } from 'node:dns'`) are copies until this call.
  syncBuiltinESMExports();
}

function wantsAll(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'all' in options && options.all === true;
}
