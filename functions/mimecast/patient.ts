/**
 * The chunks of a stream, each waited for only so long; while nobody asks for one, nothing counts as silence.
 * @param giveUp called when the stream has been silent for `timeoutMs`; it has to make the stream fail
 */
export async function* patient(
  chunks: AsyncIterable<Buffer>,
  timeoutMs: number,
  giveUp: () => void,
): AsyncGenerator<Buffer> {
  const reader = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(giveUp, timeoutMs);
      const chunk = await reader.next().finally(() => clearTimeout(timer));
      if (chunk.done) return;
      yield chunk.value;
    }
  } finally {
    await reader.return?.();
  }
}
