import { type Cursor, cursorOf } from './cursor.ts';
import type { Declaration, Expression, Property } from './syntax.ts';
import { interpolationLength } from './tokens.ts';

const levels = [['??'], ['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value });

/** Reads an expression. @throws SyntaxError for what is not understood */
export function parseExpression(at: Cursor): Expression {
  const test = binary(at, 0);
  if (!at.continues(['?'])) return test;
  at.expect('?');
  at.skipLines();
  const yes = parseExpression(at);
  at.skipLines();
  at.expect(':');
  at.skipLines();
  return { kind: 'ternary', test, yes, no: parseExpression(at) };
}

/** Reads an expression that an `if (…)` may stand before. */
export function parseConditional(at: Cursor): Expression {
  if (!at.accept('if')) return parseExpression(at);
  const [test = literal(false)] = list(at, '(', ')');
  return { kind: 'if', test, body: parseExpression(at) };
}

function binary(at: Cursor, level: number): Expression {
  const signs = levels[level];
  if (!signs) return unary(at);
  let left = binary(at, level + 1);
  while (at.continues(signs)) {
    const sign = at.take().text;
    at.skipLines();
    left = { kind: 'binary', sign, left, right: binary(at, level + 1) };
  }
  return left;
}

function unary(at: Cursor): Expression {
  if (at.accept('!')) return { kind: 'not', of: unary(at) };
  let of = primary(at);
  for (;;) {
    const sign = at.peek().text;
    const isSafe = sign.includes('?');
    if (at.accept('.') || at.accept('.?')) of = { kind: 'member', of, key: literal(at.take().text), isSafe };
    else if (at.accept('[') || at.accept('[?')) {
      of = { kind: 'member', of, key: parseExpression(at), isSafe };
      at.expect(']');
    } else return of;
  }
}

function primary(at: Cursor): Expression {
  if (at.is('(')) return list(at, '(', ')')[0] ?? literal(null);
  if (at.is('[')) return array(at);
  if (at.is('{')) return object(at);
  const { kind, text } = at.take();
  if (kind === 'string') return parseText(text);
  if (kind === 'number') return literal(Number(text));
  if (kind !== 'name') throw new SyntaxError(`no expression begins with ${text}`);
  if (at.is('(')) return { kind: 'call', name: text, args: list(at, '(', ')') };
  if (at.accept('=>')) return { kind: 'lambda', name: text, body: parseExpression(at) };
  const word = words[text];
  return word === undefined ? { kind: 'name', name: text } : literal(word);
}

function list(at: Cursor, open: string, close: string): readonly Expression[] {
  const items: Expression[] = [];
  at.expect(open);
  for (at.skipLines(); !at.accept(close); at.skipLines()) {
    items.push(parseExpression(at));
    at.accept(',');
  }
  return items;
}

function array(at: Cursor): Expression {
  let ahead = 1;
  while (at.peek(ahead).kind === 'line') ahead++;
  if (at.peek(ahead).text !== 'for') return { kind: 'array', items: list(at, '[', ']') };
  at.expect('[');
  at.skipLines();
  at.expect('for');
  const isPair = at.accept('(');
  const item = at.take().text;
  const index = isPair && at.accept(',') ? at.take().text : undefined;
  if (isPair) at.expect(')');
  at.expect('in');
  const of = parseExpression(at);
  at.expect(':');
  const body = parseConditional(at);
  at.skipLines();
  at.expect(']');
  return { kind: 'for', item, index, of, body };
}

function object(at: Cursor): Expression {
  const properties: Property[] = [];
  const children: Declaration[] = [];
  at.expect('{');
  for (at.skipLines(); !at.accept('}'); at.skipLines()) {
    if (at.is('resource') && at.peek(2).kind === 'string') {
      children.push(parseResource(at));
      continue;
    }
    const { kind, text } = at.take();
    at.expect(':');
    properties.push({ key: kind === 'string' ? parseText(text) : literal(text), value: parseExpression(at) });
    at.accept(',');
  }
  return { kind: 'object', properties, children };
}

/** Reads the declaration of a resource or module, from its first word on. */
export function parseResource(at: Cursor): Declaration {
  const kind = at.take().text === 'module' ? 'module' : 'resource';
  const name = at.take().text;
  const target = at.take().text;
  const isExisting = at.accept('existing');
  at.expect('=');
  return { kind, name, target, isExisting, value: parseConditional(at) };
}

function parseText(raw: string): Expression {
  const parts: (string | Expression)[] = [];
  let plain = '';
  for (let i = 0; i < raw.length; i++) {
    if (raw.startsWith('${', i)) {
      const length = interpolationLength(raw.slice(i));
      parts.push(plain, parseExpression(cursorOf(raw.slice(i + 2, i + length - 1))));
      plain = '';
      i += length - 1;
    } else if (raw[i] === '\\') {
      const escaped = raw[++i] ?? '';
      plain += escapes[escaped] ?? escaped;
    } else plain += raw[i] ?? '';
  }
  return parts.length === 0 ? literal(plain) : { kind: 'text', parts: [...parts, plain] };
}
