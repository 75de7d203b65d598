/** A reason to end before any harm: what is wrong, and what to do about it. */
export class Stop extends Error {
  override readonly name = 'Stop';

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
