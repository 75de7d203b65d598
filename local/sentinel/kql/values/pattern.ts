import { refuse } from '../refusal.ts';

const word = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;

/** Kusto's classes know Unicode, those of JavaScript ASCII alone. https://learn.microsoft.com/kusto/query/regex */
const classes: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  s: String.raw`\p{White_Space}`,
  w: word,
};

const posix: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: String.raw`\t\n\v\f\r `,
  xdigit: '0-9a-fA-F',
  word: String.raw`\w`,
};

const token =
  /\\p\{[\w=]+\}|\\P\{[\w=]+\}|\\[pP]\w|\\x[0-9a-fA-F]{2}|\\.|\[:\w+:\]|\[\^?\]?|\]|\(\?P?<[A-Za-z_]\w*>|\(\?:|\(\?|\{|./gsu;

const cache = new Map<string, RegExp>();

/**
 * A regular expression of Kusto as one of JavaScript that finds all matches.
 * @throws Refusal for what the two understand differently
 */
export function pattern(source: string, extraFlags = ''): RegExp {
  const key = `${extraFlags}/${source}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size > 1000) cache.clear();
  const made = translate(source, extraFlags);
  cache.set(key, made);
  return made;
}

function translate(source: string, extraFlags: string): RegExp {
  const [, flags = '', body = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(source) ?? [];
  const all = new Set(Array.from(flags + extraFlags));
  const translated = translateBody(body, all.has('s'));
  try {
    // The flag s of Kusto is written out in the translation of the dot.
    return new RegExp(translated, `gu${all.has('i') ? 'i' : ''}${all.has('m') ? 'm' : ''}`);
  } catch {
    return refuse(`the regular expression ${source}`);
  }
}

function translateBody(body: string, dotIsAll: boolean): string {
  let inClass = false;
  let result = '';
  let previous = '';
  for (const [part] of body.matchAll(token)) {
    if (inClass && part === previous && /^[&~-]$/.test(part)) return refuse('set operations in a regular expression');
    previous = part;
    result += inClass ? insideClass(part, body) : outsideClass(part, dotIsAll, body);
    if (!inClass && part.startsWith('[')) inClass = true;
    else if (inClass && part === ']') inClass = false;
  }
  return result;
}

function outsideClass(part: string, dotIsAll: boolean, body: string): string {
  if (part === '.') return dotIsAll ? String.raw`[\s\S]` : String.raw`[^\n]`;
  if (part === '(?') return refuse(`a group or flag in the regular expression ${body}`);
  if (part.startsWith('(?P<')) return `(?<${part.slice(4)}`;
  if (part.startsWith('[:')) return refuse(`the regular expression ${body}`);
  if (part.startsWith('[')) return part.endsWith(']') ? `${part.slice(0, -1)}\\]` : part;
  if (part === '\\b' || part === '\\B') return boundary(part === '\\B');
  if (part === '\\A') return '(?<![\\s\\S])';
  if (part === '\\z') return '(?![\\s\\S])';
  const negated = /^\\[DSW]$/.test(part) ? classes[part.slice(1).toLowerCase()] : undefined;
  if (negated !== undefined) return `[^${negated}]`;
  const known = /^\\[dsw]$/.test(part) ? classes[part.slice(1)] : undefined;
  return known === undefined ? escaped(part, body) : `[${known}]`;
}

function insideClass(part: string, body: string): string {
  const named = /^\[:(\w+):\]$/.exec(part)?.[1];
  if (named !== undefined) return posix[named] ?? refuse(`the class ${part} in a regular expression`);
  if (part.startsWith('[')) return refuse(`nested classes in the regular expression ${body}`);
  if (part === '&' || part === '~') return part;
  const known = /^\\[dsw]$/.test(part) ? classes[part.slice(1)] : undefined;
  if (known !== undefined) return known;
  if (/^\\[DW]$/.test(part)) return refuse(`${part} inside a class of a regular expression`);
  if (part === '\\S') return String.raw`\P{White_Space}`;
  if (/^[(){}|/]$/.test(part)) return `\\${part}`;
  return escaped(part, body);
}

/** JavaScript takes a backslash before few characters only, and some mean other things there. */
function escaped(part: string, body: string): string {
  if (part === '(?:' || !part.startsWith('\\') || /^\\[pP]/.test(part))
    return part.replace(/^\\([pP])(\w)$/, '\\$1{$2}');
  if (/^\\(x..|[nrtfv])$/.test(part)) return part;
  if (part === '\\a') return '\\x07';
  if (/^\\[A-Za-z0-9<>]/.test(part)) return refuse(`${part} in the regular expression ${body}`);
  return /^\\[\^$\\.*+?()[\]{}|/-]$/.test(part) && part !== '\\-' ? part : literal(part.slice(1));
}

function literal(character: string): string {
  return character === '-' ? '\\x2d' : character;
}

function boundary(isNegated: boolean): string {
  const [before, after] = [`(?<=[${word}])`, `(?=[${word}])`];
  const [notBefore, notAfter] = [`(?<![${word}])`, `(?![${word}])`];
  return isNegated ? `(?:${before}${after}|${notBefore}${notAfter})` : `(?:${before}${notAfter}|${notBefore}${after})`;
}
