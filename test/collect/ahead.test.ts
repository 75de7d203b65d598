import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ahead } from '../../functions/collect/ahead.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
// Node tells of a floating rejection once the microtasks have run.
afterEach(async () => {
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  const [floating] = unhandled.splice(0);
  if (floating) throw new Error('A rejection floated.', { cause: floating });
});

/** Numbers 0, 1, 2 … below `end`, which can be watched; fails before number `failAt`. */
function numbers(end: number, failAt = Infinity, delays: readonly number[] = []) {
  const seen = { asked: 0, isReading: false, isClosed: false };
  async function* read(): AsyncGenerator<number, void, undefined> {
    try {
      for (let number = 0; number < end; number++) {
        seen.asked = number + 1;
        seen.isReading = true;
        for (let delay = delays[number % delays.length] ?? 0; delay >= 0; delay--) await Promise.resolve();
        if (number === failAt) throw new Error(`failed at ${number}`);
        seen.isReading = false;
        yield number;
      }
    } finally {
      seen.isReading = false;
      seen.isClosed = true;
    }
  }
  return { items: read(), seen };
}

async function all(items: AsyncIterable<number>): Promise<number[]> {
  const found: number[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

describe('ahead', () => {
  it('gives every item in order, then ends', async () => {
    const { items, seen } = numbers(5);
    let cancels = 0;
    expect(await all(ahead(items, () => void cancels++))).toEqual([0, 1, 2, 3, 4]);
    expect(seen.isClosed).toBe(true);
    expect(cancels).toBe(1);
  });

  it('reads one item ahead of its consumer, and no more', async () => {
    const { items, seen } = numbers(10);
    for await (const number of ahead(items, () => {})) {
      await turns();
      expect(seen.asked).toBe(Math.min(number + 2, 10));
    }
  });

  it('reads nothing before it is asked', async () => {
    const { items, seen } = numbers(3);
    const reader = ahead(items, () => {});
    await turns();
    expect(seen.asked).toBe(0);
    await reader.return();
  });

  it('lets the consumer end its item before it meets the failure of the next one', async () => {
    const { items } = numbers(3, 1);
    const done: number[] = [];
    const consume = async () => {
      for await (const number of ahead(items, () => {})) {
        await new Promise(setImmediate);
        done.push(number);
      }
    };
    await expect(consume()).rejects.toThrow('failed at 1');
    expect(done).toEqual([0]);
  });

  it('throws when the very first read fails', async () => {
    await expect(all(ahead(numbers(1, 0).items, () => {}))).rejects.toThrow('failed at 0');
  });

  it('cancels a read that would not end by itself when the consumer breaks, and waits until it has ended', async () => {
    const cancelled = Promise.withResolvers<void>();
    const order: string[] = [];
    async function* endless(): AsyncGenerator<number, void, undefined> {
      try {
        yield 1;
        await cancelled.promise;
        order.push('read ended');
        throw new Error('cancelled');
      } finally {
        await turns();
        order.push('closed');
      }
    }
    const cancel = () => {
      order.push('cancel');
      cancelled.resolve();
    };
    for await (const _ of ahead(endless(), cancel)) break;
    expect(order).toEqual(['cancel', 'read ended', 'closed']);
  });

  it('throws what the consumer threw, not what the cancelled read did', async () => {
    const reading = new AbortController();
    async function* read(): AsyncGenerator<number, void, undefined> {
      yield 1;
      await new Promise((_, reject) => reading.signal.addEventListener('abort', () => reject(reading.signal.reason)));
    }
    const consume = async () => {
      for await (const _ of ahead(read(), () => reading.abort())) throw new Error('of the consumer');
    };
    await expect(consume()).rejects.toThrow('of the consumer');
  });

  it('leaves nothing floating or open, whoever stops and whenever', async () => {
    const stopping = fc.constantFrom('break', 'throw', 'never');
    const delays = fc.array(fc.nat(6), { minLength: 1, maxLength: 4 });
    const at = fc.integer({ min: 0, max: 6 });
    await fc.assert(
      fc.asyncProperty(at, at, at, stopping, delays, async (end, failAt, stopAt, how, delay) => {
        const { items, seen } = numbers(end, failAt, delay);
        const got: number[] = [];
        const consume = async () => {
          for await (const number of ahead(items, () => {})) {
            got.push(number);
            await turns(delay[0]);
            if (number !== stopAt) continue;
            if (how === 'break') break;
            if (how === 'throw') throw new Error('of the consumer');
          }
        };
        const error: unknown = await consume().catch((thrown: unknown) => thrown);
        const isStopped = how !== 'never' && stopAt < Math.min(end, failAt);
        const isFailed = !isStopped && failAt < end;
        expect(got).toEqual(Array.from({ length: Math.min(end, failAt, isStopped ? stopAt + 1 : end) }, (_, n) => n));
        const ownError = how === 'throw' ? new Error('of the consumer') : undefined;
        expect(error).toEqual(isStopped ? ownError : isFailed ? new Error(`failed at ${failAt}`) : undefined);
        expect(seen).toMatchObject({ isReading: false, isClosed: true });
      }),
      { seed: 21, numRuns: 300 },
    );
  });
});
