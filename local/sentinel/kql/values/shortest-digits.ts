/** `digits` times ten to the `exponent`. */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** `significand` times two to the `power`. */
interface Binary {
  readonly significand: bigint;
  readonly power: number;
}

/**
 * Digits that read back as the same number, by Loitsch's Grisu2 (https://doi.org/10.1145/1806596.1806623), with 64-bit
 * significands. Like the printer of the real engine it does not move towards the nearest digits once it is nine or more
 * places behind the point. @param value finite and above zero
 */
export function shortestDigits(value: number): Decimal {
  const exact = decompose(value);
  const upper = normalized({ significand: 2n * exact.significand + 1n, power: exact.power - 1 });
  const { factor, tenPower } = scaling(upper.power);
  const high = product(upper, factor);
  const middle = product(normalized(exact), factor);
  const low = product(lowerBound(exact, upper.power), factor);
  return generate({
    high: high.significand - 1n,
    middle: middle.significand,
    width: high.significand - low.significand - 2n,
    fractionBits: BigInt(-high.power),
    exponent: -tenPower,
  });
}

function decompose(value: number): Binary {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return exponent === 0
    ? { significand: fraction, power: -1074 }
    : { significand: fraction | (1n << 52n), power: exponent - 1075 };
}

/** Half way to the number below, at a given power; numbers below a power of two lie half as far apart. */
function lowerBound({ significand, power }: Binary, atPower: number): Binary {
  const isPowerOfTwo = significand === 1n << 52n;
  const bound = isPowerOfTwo ? 4n * significand - 1n : 2n * significand - 1n;
  return { significand: bound << BigInt(power - (isPowerOfTwo ? 2 : 1) - atPower), power: atPower };
}

function normalized({ significand, power }: Binary): Binary {
  const shift = 64 - significand.toString(2).length;
  return { significand: significand << BigInt(shift), power: power - shift };
}

function product(a: Binary, b: Binary): Binary {
  const significand = (a.significand * b.significand + (1n << 63n)) >> 64n;
  return { significand, power: a.power + b.power + 64 };
}

/** A power of ten, in steps of eight, that leaves 32 to 60 bits behind the point. */
function scaling(power: number): { readonly factor: Binary; readonly tenPower: number } {
  const estimate = Math.ceil((-61 - power) * 0.30102999566398114 + 347);
  const tenPower = -348 + ((estimate >> 3) + 1) * 8;
  return { factor: tenTo(tenPower), tenPower };
}

function tenTo(power: number): Binary {
  const shift = 128 + 4 * Math.abs(power);
  const scaled = power >= 0 ? (10n ** BigInt(power)) << BigInt(shift) : (1n << BigInt(shift)) / 10n ** BigInt(-power);
  const surplus = scaled.toString(2).length - 64;
  const significand = (scaled + (1n << BigInt(surplus - 1))) >> BigInt(surplus);
  return { significand, power: surplus - shift };
}

/** The scaled number (`middle`) and its upper bound (`high`) with so many bits behind the point. */
interface Scaled {
  readonly high: bigint;
  readonly middle: bigint;
  readonly width: bigint;
  readonly fractionBits: bigint;
  readonly exponent: number;
}

function generate(scaled: Scaled): Decimal {
  const { high, middle, width, fractionBits, exponent } = scaled;
  const one = 1n << fractionBits;
  const whole = String(high >> fractionBits);
  const fraction = high & (one - 1n);
  for (let length = 1; length <= whole.length; length++) {
    const place = 10n ** BigInt(whole.length - length);
    const rest = (((high >> fractionBits) % place) << fractionBits) + fraction;
    if (rest > width) continue;
    const steps = { rest, width, place: place << fractionBits, distance: high - middle };
    return { digits: nearer(whole.slice(0, length), steps), exponent: exponent + whole.length - length };
  }
  return behindPoint(scaled, whole, fraction);
}

function behindPoint({ high, middle, width, fractionBits, exponent }: Scaled, whole: string, start: bigint): Decimal {
  const one = 1n << fractionBits;
  let digits = whole;
  let fraction = start;
  for (let places = 1; ; places++) {
    fraction *= 10n;
    digits += String(fraction >> fractionBits);
    fraction &= one - 1n;
    const scale = 10n ** BigInt(places);
    if (fraction >= width * scale) continue;
    const distance = places < 9 ? (high - middle) * scale : 0n;
    const steps = { rest: fraction, width: width * scale, place: one, distance };
    return { digits: nearer(digits, steps), exponent: exponent - places };
  }
}

interface Steps {
  /** How far the digits lie below the upper bound. */
  readonly rest: bigint;
  readonly width: bigint;
  /** What one of the last digit is worth. */
  readonly place: bigint;
  /** How far the number itself lies below the upper bound. */
  readonly distance: bigint;
}

/** Lowers the last digit as long as that brings the digits nearer to the number. */
function nearer(digits: string, { rest, width, place, distance }: Steps): string {
  let last = Number(digits.at(-1));
  let below = rest;
  const isNearer = (): boolean => below + place < distance || distance - below > below + place - distance;
  while (below < distance && width - below >= place && isNearer()) {
    last--;
    below += place;
  }
  return digits.slice(0, -1) + String(last);
}
