import { refuse } from '../refusal.ts';

const alphanumeric = /^[\p{L}\p{N}]$/u;

function isAlphanumeric(character: string | undefined): boolean {
  return character !== undefined && character !== '' && alphanumeric.test(character);
}

/** The character before a place in text, and the one at it. */
function before(text: string, at: number): string {
  return /[\s\S]$/u.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? '';
}

function atPlace(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** Which ends of what is found must lie on the border of a term. */
export interface Borders {
  readonly start: boolean;
  readonly end: boolean;
}

/**
 * Whether text holds another at the borders of terms; terms are runs of letters and digits.
 * @throws Refusal when the other begins or ends with something else, as the real engine's answer is not known then
 */
export function hasTerm(text: string, term: string, borders: Borders): boolean {
  if (term === '') return true;
  if (!isAlphanumeric(atPlace(term, 0)) || !isAlphanumeric(before(term, term.length)))
    return text.includes(term) && refuse(`has with '${term}', which does not begin and end with a letter or digit`);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const startFits = !borders.start || !isAlphanumeric(before(text, at));
    if (startFits && (!borders.end || !isAlphanumeric(atPlace(text, at + term.length)))) return true;
  }
  return false;
}
