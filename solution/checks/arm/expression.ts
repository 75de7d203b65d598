/** A template expression: `[concat('a', variables('b'))]` without its brackets. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly at: Expression };

const token = /\s*('(?:[^']|'')*'|-?\d+|[A-Za-z_][\w]*|[()[\].,])/y;

/** Whether Azure evaluates a text: it stands in brackets, and the first is not doubled. */
export function isExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}

/** Reads an expression. @throws Error that shows where it breaks off */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text.slice(1, -1));
  const { value, next } = operand(tokens, 0);
  if (next < tokens.length) throw new Error(`"${tokens[next] ?? ''}" is too much in ${text}`);
  return value;
}

interface Part<T> {
  readonly value: T;
  readonly next: number;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const from = token.lastIndex;
    const [, found] = token.exec(text) ?? [];
    if (found === undefined) throw new Error(`cannot be read: ${text.slice(from, from + 40)}`);
    tokens.push(found);
  }
  return tokens;
}

function operand(tokens: readonly string[], at: number): Part<Expression> {
  const first = tokens[at] ?? '';
  if (first.startsWith("'")) return access(tokens, literal(first.slice(1, -1).replaceAll("''", "'"), at));
  if (/^-?\d/.test(first)) return literal(Number(first), at);
  if (!/^\w/.test(first) || tokens[at + 1] !== '(') throw new Error(`"${first}" is no function`);
  const { value: args, next } = argumentsOf(tokens, at + 2);
  return access(tokens, { value: { kind: 'call', name: first, args }, next });
}

function literal(value: string | number, at: number): Part<Expression> {
  return { value: { kind: 'literal', value }, next: at + 1 };
}

function argumentsOf(tokens: readonly string[], from: number): Part<readonly Expression[]> {
  const args: Expression[] = [];
  let at = from;
  while (tokens[at] !== ')') {
    if (args.length > 0 && tokens[at] !== ',') throw new Error('a bracket is not closed');
    const arg = operand(tokens, args.length > 0 ? at + 1 : at);
    args.push(arg.value);
    at = arg.next;
  }
  return { value: args, next: at + 1 };
}

/** `.name` and `[place]` behind an operand. */
function access(tokens: readonly string[], { value: of, next }: Part<Expression>): Part<Expression> {
  if (tokens[next] === '.') {
    return access(tokens, { value: { kind: 'field', of, name: tokens[next + 1] ?? '' }, next: next + 2 });
  }
  if (tokens[next] !== '[') return { value: of, next };
  const at = operand(tokens, next + 1);
  if (tokens[at.next] !== ']') throw new Error('a bracket is not closed');
  return access(tokens, { value: { kind: 'item', of, at: at.value }, next: at.next + 1 });
}
