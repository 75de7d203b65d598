import { type Token, tokensOf } from './tokens.ts';

/** A place among the tokens of a text, which moves on. */
export interface Cursor {
  /** The token there, or one further on. */
  readonly peek: (ahead?: number) => Token;
  readonly take: () => Token;
  /** Whether that sign or word is there. */
  readonly is: (text: string) => boolean;
  /** Takes that sign or word if it is there. */
  readonly accept: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly skipLines: () => void;
  /** Whether an operator goes on with the expression, also one at the beginning of the next line. */
  readonly continues: (signs: readonly string[]) => boolean;
  readonly isAtEnd: () => boolean;
}

const mayBeginLine = ['?', ':', '&&', '||', '??'];

/** A cursor at the beginning of a text. */
export function cursorOf(text: string): Cursor {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? { kind: 'end', text: '' };
  const is = (wanted: string) => peek().text === wanted && peek().kind !== 'string';
  const accept = (wanted: string) => {
    const isThere = is(wanted);
    if (isThere) at++;
    return isThere;
  };
  return {
    peek,
    is,
    accept,
    take: () => tokens[at++] ?? { kind: 'end', text: '' },
    expect: (wanted) => {
      if (!accept(wanted)) throw new SyntaxError(`${wanted} expected, not ${peek().text}`);
    },
    skipLines: () => {
      while (peek().kind === 'line') at++;
    },
    continues: (signs) => {
      let ahead = 0;
      while (peek(ahead).kind === 'line') ahead++;
      const { kind, text: sign } = peek(ahead);
      const isFound = kind === 'sign' && signs.includes(sign) && (ahead === 0 || mayBeginLine.includes(sign));
      if (isFound) at += ahead;
      return isFound;
    },
    isAtEnd: () => peek().kind === 'end',
  };
}
