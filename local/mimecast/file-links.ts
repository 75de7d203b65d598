import { createHmac, randomBytes } from 'node:crypto';
import { type Reply, xmlError } from './reply.ts';

/** Signs links to files, each with its own signature and end of life. */
export interface FileLinks {
  /** @returns the link and when it ends (epoch ms) */
  sign(name: string): { readonly url: string; readonly expiry: number };
  /** The refusal of a link by its query, or undefined when it is good. */
  refusal(url: URL): Reply | undefined;
}

export function signLinks(origin: () => string, lifeMs: number, now: () => number): FileLinks {
  const secret = randomBytes(32);
  let count = 0;
  const signature = (name: string, token: string): string =>
    createHmac('sha256', secret).update(`${name}\n${token}`).digest('hex');
  return {
    sign(name) {
      const expiry = now() + lifeMs;
      const token = Buffer.from(`${expiry}:${count++}`).toString('base64url');
      const query = new URLSearchParams({
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Date': new Date(now()).toISOString().replace(/[-:]|\.\d+/g, ''),
        'X-Amz-Expires': String(Math.ceil(lifeMs / 1000)),
        'X-Amz-Security-Token': token,
        'X-Amz-SignedHeaders': 'host',
        'X-Amz-Signature': signature(name, token),
      });
      return { url: `${origin()}${name}?${query.toString()}`, expiry };
    },
    refusal(url) {
      const token = url.searchParams.get('X-Amz-Security-Token') ?? '';
      if (url.searchParams.get('X-Amz-Signature') !== signature(url.pathname, token)) {
        return xmlError(403, 'AccessDenied', 'Access Denied');
      }
      const expiry = Number(Buffer.from(token, 'base64url').toString('utf8').split(':')[0]);
      return now() < expiry ? undefined : xmlError(403, 'AccessDenied', 'Request has expired');
    },
  };
}
