import { type Decimal, shortestDigits } from './shortest-digits.ts';

/**
 * A real as Kusto prints it: `5.0`, `0.1`, `1e300`. Its printer is RapidJSON's Grisu2 of before 2016, whose last digit is
 * now and then not the nearest: 0.1 + 0.2 is `0.30000000000000007`, as the real engine says too.
 */
export function realText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const { digits, exponent } = shortest(Math.abs(value));
  return (value < 0 ? '-' : '') + laidOut(digits, exponent);
}

function shortest(value: number): Decimal {
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  // Of up to 15 digits only one such decimal is near enough, so all printers agree.
  return digits.length <= 15 ? { digits, exponent: Number(power) - digits.length + 1 } : shortestDigits(value);
}

function laidOut(digits: string, exponent: number): string {
  const point = digits.length + exponent;
  if (exponent >= 0 && point <= 21) return `${digits.padEnd(point, '0')}.0`;
  if (point > 0 && point <= 21) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -6 && point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${point - 1}`;
}
