import { choiceLabel, grainOf, kqlDuration, spanOf } from './time-span.ts';
import { choiceText, type ParameterValue, type TimeChoice, type Values } from './values.ts';

/** Where parameters take their place: in KQL, or in a text that people read. */
export type Place = 'query' | 'text';

export interface Substitution {
  readonly text: string;
  /** Parameters that are named and not set. */
  readonly missing: readonly string[];
}

interface Context {
  readonly values: Values;
  /** The names that are parameters; other braces are no places for them. */
  readonly declared: ReadonlySet<string>;
  readonly place: Place;
  readonly nowMs: number;
}

const places = /\{(\w+)(?::(\w+))?\}/g;

/** Puts the values of parameters into a text. */
export function substitute(text: string, { values, declared, place, nowMs }: Context): Substitution {
  const missing = new Set<string>();
  const made = text.replace(places, (whole: string, name: string, format: string | undefined) => {
    if (!declared.has(name)) return whole;
    const value = values.get(name);
    const written = value && writtenAs(value, format ?? '', place, nowMs);
    if (written === undefined) missing.add(name);
    return written ?? '';
  });
  return { text: made, missing: [...missing] };
}

/** The names and formats of the parameters that a text has places for. */
export function placesIn(text: string): readonly { readonly name: string; readonly format: string }[] {
  return [...text.matchAll(places)].map(([, name = '', format = '']) => ({ name, format }));
}

/** The formats that are known here, by what a parameter is. */
export const knownFormats = {
  text: ['', 'value', 'label', 'escapejson'],
  choice: ['', 'value', 'label', 'escapejson'],
  time: ['', 'query', 'value', 'label', 'start', 'end', 'grain', 'startISO', 'endISO', 'seconds'],
} as const satisfies Record<ParameterValue['kind'], readonly string[]>;

function writtenAs(value: ParameterValue, format: string, place: Place, nowMs: number): string | undefined {
  if (value.kind === 'time') return timeText(value.time, format, place, nowMs);
  const text = value.kind === 'text' ? value.text : choiceText(value);
  if (format === '' || format === 'value') return text;
  if (format === 'escapejson') return JSON.stringify(text).slice(1, -1);
  if (format === 'label') return value.kind === 'choice' ? value.labels.join(', ') : text;
  return undefined;
}

/** https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-time: what a time parameter is replaced with. */
function timeText(choice: TimeChoice, format: string, place: Place, nowMs: number): string | undefined {
  const span = spanOf(choice, nowMs);
  const moment = (ms: number): string => {
    const iso = new Date(ms).toISOString();
    return place === 'query' ? `datetime(${iso})` : `${iso.slice(0, 16).replace('T', ' ')} UTC`;
  };
  switch (format) {
    case '':
    case 'query':
    case 'value':
      return place === 'text' ? choiceLabel(choice) : filterOf(choice);
    case 'label':
      return choiceLabel(choice);
    case 'start':
      return moment(span.fromMs);
    case 'end':
      return moment(span.toMs);
    case 'startISO':
      return new Date(span.fromMs).toISOString();
    case 'endISO':
      return new Date(span.toMs).toISOString();
    case 'grain':
      return grainOf(span);
    case 'seconds':
      return String(Math.round((span.toMs - span.fromMs) / 1000));
    default:
      return undefined;
  }
}

function filterOf(choice: TimeChoice): string {
  if ('durationMs' in choice) return `> ago(${kqlDuration(choice.durationMs)})`;
  const [from, to] = [new Date(choice.fromMs).toISOString(), new Date(choice.toMs).toISOString()];
  return `between(datetime(${from}) .. datetime(${to}))`;
}
