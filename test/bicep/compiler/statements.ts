import { type Cursor, cursorOf } from './cursor.ts';
import { parseConditional, parseExpression, parseResource } from './expressions.ts';
import type { Declaration } from './syntax.ts';

/** The declarations of a Bicep file, in its order, without decorators, metadata and target scope. @throws SyntaxError for what is not understood */
export function parseFile(text: string): readonly Declaration[] {
  const at = cursorOf(text);
  const found: Declaration[] = [];
  for (at.skipLines(); !at.isAtEnd(); at.skipLines()) {
    const declaration = statement(at);
    if (declaration) found.push(declaration);
  }
  return found;
}

function statement(at: Cursor): Declaration | undefined {
  for (; at.accept('@'); at.skipLines()) parseExpression(at);
  if (at.is('resource') || at.is('module')) return parseResource(at);
  const keyword = at.take().text;
  if (keyword === 'import') return imported(at);
  if (keyword === 'targetScope' || keyword === 'metadata') {
    while (at.peek().kind !== 'line' && !at.isAtEnd()) at.take();
    return undefined;
  }
  const name = at.take().text;
  switch (keyword) {
    case 'var':
      at.expect('=');
      return { kind: 'var', name, value: parseExpression(at) };
    case 'param':
    case 'output':
      skipType(at);
      return { kind: keyword, name, value: at.accept('=') ? parseConditional(at) : undefined };
    case 'func':
      return userFunction(at, name);
    default:
      throw new SyntaxError(`no statement begins with ${keyword}`);
  }
}

// A type may span lines inside its braces.
function skipType(at: Cursor): void {
  for (let depth = 0; depth > 0 || !(at.peek().kind === 'line' || at.is('=') || at.isAtEnd()); at.take()) {
    if (at.is('{')) depth++;
    if (at.is('}')) depth--;
  }
}

function imported(at: Cursor): Declaration {
  const names: string[] = [];
  at.expect('{');
  for (; !at.accept('}'); at.accept(',')) names.push(at.take().text);
  at.expect('from');
  return { kind: 'import', name: names.join(), names, target: at.take().text };
}

function userFunction(at: Cursor, name: string): Declaration {
  const names: string[] = [];
  at.expect('(');
  for (; !at.accept(')'); at.accept(',')) {
    names.push(at.take().text);
    at.take();
  }
  at.take();
  at.expect('=>');
  return { kind: 'func', name, names, value: parseExpression(at) };
}
