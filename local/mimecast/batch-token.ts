import type { Position } from './batch-store.ts';

/** What a listing's token says: the place behind which to go on, and the end of the days asked for, if any (epoch ms). */
export interface BatchToken {
  readonly position: Position;
  readonly end: number | undefined;
}

/** @param mark makes another token for the same place */
export function encodeBatchToken({ position, end }: BatchToken, mark = ''): string {
  return Buffer.from(`${position.arrival}:${position.number}:${end ?? ''}:${mark}`).toString('base64');
}

/** @returns undefined when the text is no token of ours */
export function decodeBatchToken(text: string): BatchToken | undefined {
  const match = /^(\d+):(-?\d+):(\d*):\w*$/.exec(Buffer.from(text, 'base64').toString('utf8'));
  if (!match) return undefined;
  const [, arrival, number, end] = match;
  return { position: { arrival: Number(arrival), number: Number(number) }, end: end ? Number(end) : undefined };
}
