import type { Reply } from './reply.ts';

const firstBlockOfGzip = 10;

// Block type 3 does not exist, so inflating fails at once whatever the content.
function withBrokenBlock(body: Uint8Array): Uint8Array {
  const broken = Uint8Array.from(body);
  broken[firstBlockOfGzip] = (broken[firstBlockOfGzip] ?? 0) | 0b110;
  return broken;
}

function withWrongChecksum(body: Uint8Array): Uint8Array {
  const wrong = Uint8Array.from(body);
  const checksum = wrong.length - 8;
  wrong[checksum] = (wrong[checksum] ?? 0) ^ 0xff;
  return wrong;
}

const half = (body: Uint8Array): Uint8Array => body.subarray(0, Math.ceil(body.length / 2));

const changes = {
  resetMidway: (reply) => ({ ...reply, ending: 'resetMidway' }),
  hangMidway: (reply) => ({ ...reply, ending: 'hangMidway' }),
  cutJson: (reply) => ({ ...reply, body: half(reply.body) }),
  emptyBody: (reply) => ({ ...reply, body: new Uint8Array() }),
  cutGzip: (reply) => ({ ...reply, body: half(reply.body) }),
  corruptGzip: (reply) => ({ ...reply, body: withBrokenBlock(reply.body) }),
  wrongChecksum: (reply) => ({ ...reply, body: withWrongChecksum(reply.body) }),
  notGzip: (reply) => ({ ...reply, body: Buffer.from('This is no gzip file.\n') }),
} as const satisfies Record<string, (reply: Reply) => Reply>;

/** Troubles that spoil the body of a good answer; the HTTP message stays whole save for the first two. */
export type BodyKind = keyof typeof changes;

export function isBodyKind(kind: string): kind is BodyKind {
  return Object.hasOwn(changes, kind);
}

export function spoil(kind: BodyKind, reply: Reply): Reply {
  return changes[kind](reply);
}
