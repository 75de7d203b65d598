import type { StoredFile } from './batch-store.ts';
import { type Disturbed, disturb } from './disturbance.ts';
import type { FileLinks } from './file-links.ts';
import { type Reply, xmlError } from './reply.ts';
import type { Incoming } from './server.ts';

/** Answers a request to the host of the files, which is no part of the API: a signed link is all it takes, and all it bears. */
export function answerFile(
  tenant: Disturbed,
  files: ReadonlyMap<string, StoredFile>,
  links: FileLinks,
  request: Incoming,
): Reply {
  const name = request.url.pathname;
  return disturb(tenant, 'files', request, () => download(files.get(name), links, request), name);
}

function download(file: StoredFile | undefined, links: FileLinks, request: Incoming): Reply {
  // Amazon S3 refuses a request that proves itself twice.
  if (request.headers.authorization !== undefined) {
    return xmlError(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  if (!file) return xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
  const refusal = links.refusal(request.url);
  return refusal ?? { status: 200, headers: { 'content-type': 'application/gzip' }, body: file.bytes };
}
