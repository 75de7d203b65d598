/**
 * Reads one item ahead of its consumer. When the consumer stops, `cancel` is called and what was being read is awaited:
 * a promise left floating would end the worker when it rejects.
 */
export async function* ahead<T>(
  items: AsyncGenerator<T, void, undefined>,
  cancel: () => void,
): AsyncGenerator<T, void, undefined> {
  let reading = read(items);
  try {
    for (;;) {
      const item = await reading;
      if (item.done) return;
      reading = read(items);
      yield item.value;
    }
  } finally {
    cancel();
    await reading.catch(ignore);
    await items.return();
  }
}

function read<T>(items: AsyncGenerator<T, void, undefined>): Promise<IteratorResult<T, void>> {
  const reading = items.next();
  // The consumer meets the rejection when it asks for the item; until then it must not count as unhandled.
  reading.catch(ignore);
  return reading;
}

function ignore(): void {}
