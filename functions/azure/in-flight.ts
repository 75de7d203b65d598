/**
 * Works through items in order, at most `limit` at once, taking each only when a place is free, and closes them at the
 * end. When one fails no more are begun; `work`'s signal tells those still waiting, and once all have ended the first
 * error is thrown.
 */
export async function inFlight<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const failing = new AbortController();
  const errors: unknown[] = [];

  async function place(): Promise<void> {
    try {
      for (let next = await iterator.next(); !next.done && errors.length === 0; next = await iterator.next()) {
        await work(next.value, failing.signal);
      }
    } catch (error) {
      errors.push(error);
      failing.abort();
    }
  }

  await Promise.all(Array.from({ length: limit }, place));
  await iterator.return?.();
  if (errors.length > 0) throw errors[0];
}
