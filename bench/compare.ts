import type { EventFile } from './files.ts';
import { type Floor, type Load, type Product, measureFloor, measureProduct, median } from './measure.ts';
import type { Programs } from './programs.ts';

/** Floors that differ by more than this say that the machine was busy with something else. */
const quietWithin = 0.1;

/** The product between two floors. */
interface Comparison {
  readonly product: Product;
  readonly floors: readonly [Floor, Floor];
  /** Events a second of the product, as a share of the mean of the floors'. */
  readonly ratio: number;
  /** Whether the floors agree. */
  readonly isQuiet: boolean;
}

/** Several comparisons of one load. */
export interface Compared {
  readonly events: number;
  readonly comparisons: readonly Comparison[];
  /** The comparison whose ratio is the median of the quiet ones, or of all when none was quiet. */
  readonly typical: Comparison;
}

/** What is compared: a load of so many events, so many times, with a floor over files of that size at most. */
interface Comparing {
  readonly programs: Programs;
  readonly dist: string;
  readonly floorFiles: readonly EventFile[];
  readonly load: Load;
  readonly events: number;
  readonly times: number;
  /** How often at most, when floors disagree. */
  readonly timesAtMost: number;
}

/** Runs floor, product, floor, product, floor …, until enough floors agree. */
export async function compare(options: Comparing): Promise<Compared> {
  const { programs, dist, floorFiles, load, events, times, timesAtMost } = options;
  const comparisons: Comparison[] = [];
  let before = await measureFloor(programs, floorFiles);
  while (comparisons.filter(({ isQuiet }) => isQuiet).length < times && comparisons.length < timesAtMost) {
    const product = await measureProduct(programs, dist, load);
    const after = await measureFloor(programs, floorFiles);
    comparisons.push(compareWith(product, events, [before, after]));
    before = after;
  }
  return { events, comparisons, typical: typicalOf(comparisons) };
}

function compareWith(product: Product, events: number, floors: readonly [Floor, Floor]): Comparison {
  const [before, after] = floors.map(eventsPerSecond);
  if (before === undefined || after === undefined) throw new Error('A product needs a floor before and after it.');
  const ratio = events / product.seconds / ((before + after) / 2);
  return { product, floors, ratio, isQuiet: Math.abs(before - after) <= quietWithin * Math.max(before, after) };
}

function typicalOf(comparisons: readonly Comparison[]): Comparison {
  const quiet = comparisons.filter(({ isQuiet }) => isQuiet);
  const counted = quiet.length > 0 ? quiet : comparisons;
  const middle = median(counted.map(({ ratio }) => ratio));
  const typical = counted.find(({ ratio }) => ratio === middle);
  if (!typical) throw new Error('Nothing was compared.');
  return typical;
}

/** Events a second of a floor. */
export function eventsPerSecond({ events, seconds }: Floor): number {
  return events / seconds;
}
