import { expect, it } from 'vitest';
import { inFlight } from '../../functions/azure/in-flight.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('works on as many as allowed at once, and takes each only then', async () => {
  let taken = 0;
  let atOnce = 0;
  let most = 0;
  function* items() {
    for (; taken < 20; taken++) yield taken;
  }
  const done: number[] = [];
  await inFlight(items(), 4, async (item) => {
    most = Math.max(most, ++atOnce);
    expect(taken - done.length).toBeLessThanOrEqual(4);
    await turn();
    atOnce--;
    done.push(item);
  });
  expect(most).toBe(4);
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

it('begins no more after a failure, tells the others, waits for them and throws the first error', async () => {
  const ended: number[] = [];
  const begun: number[] = [];
  const work = async (item: number, failing: AbortSignal) => {
    begun.push(item);
    await turn();
    if (item === 1) throw new Error('first');
    await turn();
    expect(failing.aborted).toBe(true);
    await turn();
    ended.push(item);
    if (item === 2) throw new Error('second');
  };
  await expect(inFlight([0, 1, 2, 3, 4, 5], 4, work)).rejects.toThrow('first');
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(ended).toEqual([0, 2, 3]);
});

it('throws what taking an item throws', async () => {
  function* items() {
    yield 1;
    throw new Error('broken item');
  }
  await expect(inFlight(items(), 2, turn)).rejects.toThrow('broken item');
});

it('ends at once when there is nothing to do', async () => {
  await expect(inFlight([], 4, () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
});
