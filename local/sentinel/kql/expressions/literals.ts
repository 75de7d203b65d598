import { elements, type Expression, present, remembered, separated, syntax, textOf } from '../kusto.ts';
import { refuse } from '../refusal.ts';
import type { KqlType } from '../types.ts';
import { convert, parseDynamic } from '../values/convert.ts';
import { parseTimespan } from '../values/time-text.ts';
import type { Value } from '../values/value.ts';
import { constant, type Scalar } from './expression.ts';

type Literal = Kusto.Language.Syntax.LiteralExpression;

/** A literal. The parser's own values are wrong for some forms (`time(1.02:03:04)`, `0x10`), so its text is read. */
export const compileLiteral = remembered((node: Literal): Scalar => {
  const type = typeOf(node);
  return constant(type, literalValue(node, type, textOf(node)));
});

const { SyntaxKind: kinds } = syntax;

/** The type by the form, as the default of a parameter is not bound. */
const types = new Map<number, KqlType>([
  [kinds.BooleanLiteralExpression, 'bool'],
  [kinds.IntLiteralExpression, 'int'],
  [kinds.LongLiteralExpression, 'long'],
  [kinds.RealLiteralExpression, 'real'],
  [kinds.DecimalLiteralExpression, 'decimal'],
  [kinds.StringLiteralExpression, 'string'],
  [kinds.DateTimeLiteralExpression, 'datetime'],
  [kinds.TimespanLiteralExpression, 'timespan'],
  [kinds.GuidLiteralExpression, 'guid'],
]);

function typeOf(node: Literal): KqlType {
  return types.get(node.Kind) ?? refuse(`the literal ${textOf(node)}`);
}

function literalValue(node: Literal, type: KqlType, text: string): Value {
  if (type === 'string') return stringValue(node);
  const inner = /^[a-z]+\s*\(\s*(.*?)\s*\)$/is.exec(text)?.[1];
  if (inner?.toLowerCase() === 'null') return null;
  const plain = (inner ?? text).replace(/^(['"])(.*)\1$/s, '$2');
  const value = plainValue(plain, type);
  return value ?? refuse(`the literal ${text}`);
}

function plainValue(text: string, type: KqlType): Value {
  if (type === 'timespan') return daysAlone(text) ?? parseTimespan(text);
  if (type === 'int' && /^-?\d+$/.test(text))
    return BigInt.asIntN(32, BigInt(text)) === BigInt(text) ? BigInt(text) : null;
  return convert(text, 'string', type);
}

/** `time(2)` is two days. */
function daysAlone(text: string): Value {
  return /^-?\d+(\.\d+)?$/.test(text) ? parseTimespan(`${text}d`) : null;
}

function stringValue(node: Literal): string {
  const { ValueText: text } = present(node.Token);
  return present(text);
}

/** Several string literals in a row are one. */
export function compileCompoundString(node: Kusto.Language.Syntax.CompoundStringLiteralExpression): Scalar {
  const parts = elements(node.Tokens).map(({ ValueText: text }) => present(text));
  return constant('string', parts.join(''));
}

/** `dynamic(…)`: JSON in which literals of KQL may stand. */
export function compileDynamic(node: Kusto.Language.Syntax.DynamicExpression): Scalar {
  return constant('dynamic', dynamicValue(present(node.Expression)));
}

function dynamicValue(node: Expression): Value {
  if (node instanceof syntax.JsonArrayExpression) return separated(node.Values).map(dynamicValue);
  if (node instanceof syntax.JsonObjectExpression) return bagValue(node);
  if (node instanceof syntax.LiteralExpression) return literalInside(node);
  if (node instanceof syntax.PrefixUnaryExpression) return parseDynamic(textOf(node));
  return refuse(`${textOf(node)} inside dynamic()`);
}

function bagValue(node: Kusto.Language.Syntax.JsonObjectExpression): Value {
  const pairs = separated(node.Pairs).map((pair): [string, Value] => {
    const key = present(present(pair.Name).ValueText);
    return [key, dynamicValue(present(pair.Value))];
  });
  return new Map(pairs);
}

function literalInside(node: Literal): Value {
  if (textOf(node) === 'null') return null;
  const { type, of } = compileLiteral(node);
  const value = of([]);
  if (typeof value === 'bigint' && (type === 'datetime' || type === 'timespan')) return { is: type, ticks: value };
  return value;
}
