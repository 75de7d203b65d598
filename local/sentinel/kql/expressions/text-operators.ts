import { pattern } from '../values/pattern.ts';
import { type Borders, hasTerm } from '../values/terms.ts';
import { derived, type Scalar } from './expression.ts';
import { text as asText } from './readers.ts';

type Test = (text: string, sought: string) => boolean;

const whole: Borders = { start: true, end: true };
const prefix: Borders = { start: true, end: false };
const suffix: Borders = { start: false, end: true };

/** The operators that heed case; those that do not compare what both are in lower case. */
const tests: Readonly<Record<string, Test>> = {
  contains: (text, sought) => text.includes(sought),
  startswith: (text, sought) => text.startsWith(sought),
  endswith: (text, sought) => text.endsWith(sought),
  has: (text, sought) => hasTerm(text, sought, whole),
  hasprefix: (text, sought) => hasTerm(text, sought, prefix),
  hassuffix: (text, sought) => hasTerm(text, sought, suffix),
};

/** `contains`, `!has_cs` and their like as a test of two texts, undefined for other operators. */
function testOf(operator: string): Test | undefined {
  if (operator === '=~') return ignoringCase((text, sought) => text === sought);
  if (operator === '!~') return ignoringCase((text, sought) => text !== sought);
  const name = operator.replace(/^!/, '').replace(/_cs$/, '');
  const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
  if (test === undefined) return undefined;
  const cased = operator.endsWith('_cs') ? test : ignoringCase(test);
  return operator.startsWith('!') ? (text, sought) => !cased(text, sought) : cased;
}

function ignoringCase(test: Test): Test {
  return (text, sought) => test(text.toLowerCase(), sought.toLowerCase());
}

/** A text operator on two scalars, undefined when the operator is none. */
export function textOperation(operator: string, left: Scalar, right: Scalar): Scalar | undefined {
  if (operator === 'matches regex') return matching(left, right);
  const test = testOf(operator);
  if (test === undefined) return undefined;
  const [text, sought] = [asText(left), asText(right)];
  return derived('bool', [left, right], (row) => test(text(row), sought(row)));
}

function matching(left: Scalar, right: Scalar): Scalar {
  const [text, source] = [asText(left), asText(right)];
  return derived('bool', [left, right], (row) => {
    const regex = pattern(source(row));
    regex.lastIndex = 0;
    return regex.test(text(row));
  });
}

/** `has_any` and `has_all` over texts known once. */
export function hasOperation(operator: string, left: Scalar, sought: () => readonly string[]): Scalar {
  const text = asText(left);
  const terms = sought;
  const isAll = operator === 'has_all';
  return derived('bool', [left], (row) => {
    const lower = text(row).toLowerCase();
    const found = (term: string): boolean => hasTerm(lower, term.toLowerCase(), whole);
    return isAll ? terms().every(found) : terms().some(found);
  });
}
