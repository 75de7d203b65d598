/** The colours that the page has for a workbook's colours and palettes. */
export type Tone = 'blue' | 'green' | 'orange' | 'red' | 'yellow' | 'turquoise' | 'purple' | 'gray';

const tones: Readonly<Record<string, Tone>> = {
  blue: 'blue',
  auto: 'blue',
  none: 'gray',
  lightBlue: 'blue',
  blueDark: 'blue',
  green: 'green',
  greenDark: 'green',
  orange: 'orange',
  red: 'red',
  redBright: 'red',
  yellow: 'yellow',
  turquoise: 'turquoise',
  purple: 'purple',
  gray: 'gray',
  greenRed: 'red',
  coldHot: 'red',
};

/** The page's colour for a workbook's; undefined for one that is not known here. */
export function toneOf(name: string | undefined): Tone | undefined {
  return name === undefined ? 'blue' : Object.hasOwn(tones, name) ? tones[name] : undefined;
}

/** What a sign says. */
export type Sign = 'success' | 'info' | 'warning' | 'error' | 'none';

/** Assumed in part: what the signs of threshold formatters stand for. */
const signs: Readonly<Record<string, Sign>> = {
  success: 'success',
  info: 'info',
  '1': 'info',
  '2': 'warning',
  warning: 'warning',
  '3': 'error',
  '4': 'error',
  error: 'error',
  failed: 'error',
  critical: 'error',
  Blank: 'none',
};

/** The sign of that name; undefined for one that is not known here. */
export function signOf(name: string | null | undefined): Sign | undefined {
  const key = name ?? 'Blank';
  return Object.hasOwn(signs, key) ? signs[key] : undefined;
}

const severities: Readonly<Record<string, Sign>> = {
  high: 'error',
  medium: 'warning',
  low: 'info',
  informational: 'none',
};

/** The sign of an alert's severity. */
export function severitySign(text: string): Sign {
  return severities[text.toLowerCase()] ?? 'none';
}
