import { type Random, randomFrom } from '../plain/random.ts';
import { type Company, companyOf, type Employee } from './people.ts';

/** What a story is about: the same seed and number of people make the same one. */
export interface World {
  readonly seed: number;
  readonly company: Company;
}

export function worldOf(seed: number, users: number): World {
  return { seed, company: companyOf(users) };
}

/** A quarter of an hour in the world; one kind of traffic has its own chance in it. */
export interface Slot {
  readonly world: World;
  /** Epoch ms. */
  readonly start: number;
  /** Tells the slot and the kind from every other. */
  readonly label: string;
  readonly random: Random;
}

export function slotOf(world: World, kind: string, start: number): Slot {
  const label = `${world.seed} ${kind} ${start}`;
  return { world, start, label, random: randomFrom(label) };
}

/** Somebody of the company's own people. */
export function anyone({ world, random }: Slot): Employee {
  return random.pick(world.company.people);
}

/** Several of the company's own people, none of them twice and none of those left out. */
export function some(random: Random, { people }: Company, count: number, without: readonly Employee[]): Employee[] {
  const left = people.filter((person) => !without.includes(person));
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const index = random.int(0, left.length - 1);
    const [found] = left.splice(index, 1);
    return found;
  }).filter((person) => person !== undefined);
}

/**
 * The times of what happens so many times a day (for a hundred people), given the slot's share of the day.
 * @returns epoch ms, the earliest first, each with its number in the slot
 */
export function timesOf({ world, start, random }: Slot, perDay: number, share: number): readonly number[] {
  const people = world.company.people.length + world.company.studio.length;
  const expected = ((perDay * people) / 100) * share * (0.7 + random.next() * 0.6);
  const count = Math.floor(expected + random.next());
  return Array.from({ length: count }, () => start + random.int(0, 899_999)).toSorted((a, b) => a - b);
}
