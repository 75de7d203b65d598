import { namesIn } from '../expressions/names.ts';
import { text as asText } from '../expressions/readers.ts';
import { elements, type Expression, type NamedParameter, type Node, present, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import { over, type Wanted } from '../scope.ts';
import { type Column, declaredColumn, type KqlType } from '../types.ts';
import { convert } from '../values/convert.ts';
import { pattern } from '../values/pattern.ts';
import type { Row, Value } from '../values/value.ts';
import { columnAt } from '../expressions/names.ts';
import { type Demand, type Relation, withMore, without } from './relation.ts';
import { onlyParameters, parameter, type Step } from './step.ts';

/** A part of what `parse` looks for: a delimiter, a column, or anything (`*`). */
type Part =
  | { readonly kind: 'delimiter'; readonly text: string }
  | { readonly kind: 'column'; readonly name: string; readonly type: KqlType }
  | { readonly kind: 'anything' };

interface Parsing {
  readonly Parameters: Kusto.Language.Syntax.SyntaxList$1<NamedParameter> | null;
  readonly Expression: Expression | null;
  readonly Patterns: Kusto.Language.Syntax.SyntaxList$1<Node> | null;
}

/** The cells of the columns that were looked for, undefined when the text does not match. */
type Reader = (text: string) => readonly Value[] | undefined;

/** `parse`: columns out of a text; they are null where it does not match. `parse-where` leaves such rows out. */
export function parse(node: Parsing, step: Step, onlyMatching: boolean): Relation {
  onlyParameters(node.Parameters, 'kind');
  const parts = elements(node.Patterns).map(partOf);
  const kind = parameter(node.Parameters, 'kind') ?? 'simple';
  const made = parts.flatMap((part): Column[] =>
    part.kind === 'column' ? [{ name: part.name, type: part.type }] : [],
  );
  const source = present(node.Expression);
  const input = step.input(wantedFor(step.wanted, made, namesIn(source)));
  const scope = over(step.scope, input.columns);
  const text = asText(scope.compiler.scalar(source, scope));
  return withParsed(input, made, { read: readerOf(kind, parts), text, onlyMatching });
}

/** What must be read to make some columns out of others. */
export function wantedFor({ columns, since }: Wanted, made: readonly Column[], read: Demand): Wanted {
  const names = made.map(({ name }) => name);
  const through = without(columns, names);
  return {
    columns: read === 'all' ? read : withMore(through, read),
    since: names.includes('TimeGenerated') ? undefined : since,
  };
}

interface Applied {
  readonly read: Reader;
  readonly text: (row: Row) => string;
  readonly onlyMatching: boolean;
}

/** A relation with columns read out of a text, which replace those of the same name. */
export function withParsed(input: Relation, made: readonly Column[], { read, text, onlyMatching }: Applied): Relation {
  const old = new Set(input.columns.map(({ name }) => name));
  const place = new Map(made.map(({ name }, index) => [name, index]));
  const replaced = input.columns.map((column) => made.find(({ name }) => name === column.name) ?? column);
  const columns = [...replaced, ...made.filter(({ name }) => !old.has(name))];
  const nothing = made.map(({ type }): Value => (type === 'string' ? '' : null));
  const reads = columns.map(({ name }) => {
    const index = place.get(name);
    const own = columnAt(input.columns, name);
    return index === undefined
      ? (row: Row) => own?.of(row) ?? null
      : (_row: Row, found: readonly Value[]) => found[index] ?? null;
  });
  return {
    columns,
    isOpen: input.isOpen,
    *rows() {
      for (const row of input.rows()) {
        const found = read(text(row));
        if (found === undefined && onlyMatching) continue;
        yield reads.map((cell) => cell(row, found ?? nothing));
      }
    },
  };
}

function partOf(node: Node): Part {
  if (node instanceof syntax.StarExpression) return { kind: 'anything' };
  if (node instanceof syntax.LiteralExpression)
    return { kind: 'delimiter', text: present(present(node.Token).ValueText) };
  if (node instanceof syntax.CompoundStringLiteralExpression)
    return {
      kind: 'delimiter',
      text: elements(node.Tokens)
        .map(({ ValueText: text }) => text ?? '')
        .join(''),
    };
  if (node instanceof syntax.NameDeclaration) return { kind: 'column', name: present(node.SimpleName), type: 'string' };
  if (!(node instanceof syntax.NameAndTypeDeclaration)) return refuse(`${textOf(node)} in parse`);
  return { kind: 'column', ...declaredColumn(node) };
}

function readerOf(kind: string, parts: readonly Part[]): Reader {
  if (kind === 'simple') return simpleReader(parts, false);
  if (kind === 'relaxed') return simpleReader(parts, true);
  return kind === 'regex' ? regexReader(parts) : refuse(`parse of kind ${kind}`);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** What a column of a type may consist of. */
function group(type: KqlType, any: string): string {
  return type === 'long' || type === 'int' ? String.raw`(-?\d+)` : `(${any})`;
}

function sourceOf(parts: readonly Part[], any: string, delimiter: (text: string) => string): string {
  const pieces = parts.map((part) => {
    if (part.kind === 'delimiter') return delimiter(part.text);
    return part.kind === 'anything' ? '.*?' : group(part.type, any);
  });
  return pieces.join('');
}

/**
 * The whole text must match. A value that is not of its column's type leaves all columns null, or in relaxed mode itself.
 * @throws Refusal when a part of the text would match but not the whole, as it is not known what becomes of it
 */
function simpleReader(parts: readonly Part[], isRelaxed: boolean): Reader {
  const typed = isRelaxed
    ? parts.map((part) => (part.kind === 'column' ? { ...part, type: 'string' as const } : part))
    : parts;
  const source = sourceOf(typed, '.*?', escaped);
  const [whole, partly] = [pattern(`^${source}$`, 's'), pattern(source, 's')];
  const types = columnTypes(parts);
  return (text) => {
    const match = firstMatch(whole, text);
    if (match === undefined && firstMatch(partly, text) && parts.some((part) => part.kind === 'delimiter'))
      return refuse('parse of a text that matches in part');
    return match && typedCells(match, types, isRelaxed);
  };
}

/** Delimiters are regular expressions here. Whether columns are read greedily is not known, so it must not matter. */
function regexReader(parts: readonly Part[]): Reader {
  const [greedy, lazy] = ['.*', '.*?'].map((any) => pattern(`^${sourceOf(parts, any, (text) => text)}$`, 's'));
  const types = columnTypes(parts);
  if (!greedy || !lazy || parts.some((part) => part.kind === 'delimiter' && /\((?!\?:)/.test(part.text)))
    return refuse('parse kind=regex with groups');
  return (text) => {
    const [most, least] = [firstMatch(greedy, text), firstMatch(lazy, text)];
    if (most?.join('\n') !== least?.join('\n'))
      return refuse('parse kind=regex of a text that matches in several ways');
    return least && typedCells(least, types, false);
  };
}

function columnTypes(parts: readonly Part[]): KqlType[] {
  return parts.flatMap((part) => (part.kind === 'column' ? [part.type] : []));
}

function firstMatch(regex: RegExp, text: string): readonly string[] | undefined {
  regex.lastIndex = 0;
  return regex.exec(text)?.slice(1);
}

function typedCells(
  found: readonly string[],
  types: readonly KqlType[],
  isRelaxed: boolean,
): readonly Value[] | undefined {
  const cells = types.map((type, index) => convert(found[index] ?? '', 'string', type));
  return isRelaxed || !cells.includes(null) ? cells : undefined;
}
