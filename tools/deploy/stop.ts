/** A reason to end before any harm: what is wrong, and what to do about it. */
export class Stop extends Error {
  override readonly name = 'Stop';

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** Shows why a program ended, and lets it exit with 1. */
export function showFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
