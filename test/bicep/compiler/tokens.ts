/** A piece of Bicep: `text` is a string's raw content, without its quotes. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'line' | 'end';
  readonly text: string;
}

const signs = /^(\[\?|\.\?|\?\?|=>|==|!=|<=|>=|&&|\|\||=~|[()[\]{}:,.=!<>+\-*/%?@|])/;

/** Cuts Bicep into tokens; comments and `#` lines are left out. @throws SyntaxError at what is no token */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  while (rest !== '') {
    const skipped = /^([ \t\r]+|\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/)/.exec(rest)?.[0];
    if (skipped !== undefined) {
      rest = rest.slice(skipped.length);
      continue;
    }
    const token = next(rest);
    tokens.push(token.token);
    rest = rest.slice(token.length);
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function next(rest: string): { readonly token: Token; readonly length: number } {
  if (rest.startsWith("'")) {
    const length = stringLength(rest);
    return { token: { kind: 'string', text: rest.slice(1, length - 1) }, length };
  }
  const kinds = [
    ['line', /^\n/],
    ['name', /^[A-Za-z_]\w*/],
    ['number', /^\d+/],
    ['sign', signs],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return { token: { kind, text }, length: text.length };
  }
  throw new SyntaxError(`no token: ${rest.slice(0, 40)}`);
}

/** The length of the string literal that a text begins with; strings may stand in its interpolations. */
function stringLength(text: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === "'") return i + 1;
    else if (text.startsWith('${', i)) i += interpolationLength(text.slice(i)) - 1;
    else if (text[i] === '\n') break;
  }
  throw new SyntaxError(`the string does not end: ${text.slice(0, 40)}`);
}

/** The length of the `${…}` that a text begins with. */
export function interpolationLength(text: string): number {
  let depth = 0;
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === "'") i += stringLength(text.slice(i)) - 1;
    else if (text[i] === '}' && --depth === 0) return i + 1;
  }
  throw new SyntaxError(`the interpolation does not end: ${text.slice(0, 40)}`);
}
