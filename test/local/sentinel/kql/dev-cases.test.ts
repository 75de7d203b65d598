import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../local/sentinel/kql/evaluate.ts';
import { analyze, kustoSchema } from '../../../../local/sentinel/kql/language.ts';
import { Refusal } from '../../../../local/sentinel/kql/refusal.ts';
import { type Case, readCases } from './cases.ts';
import { isRight } from './judge.ts';

const file = new URL('../../../../../shared/kql-cases/dev.json', import.meta.url);

/** Cases whose expectation is not what the real engine does, or not the only thing it may do. */
const faulty: Readonly<Record<string, string>> = {
  'saoc:agent-joins-lookup-union-0023#2': 'rows that are equal by the sort may come in either order',
  'loco:BuiltIns_substring_Scalar': 'a negative start counts from the end: Microsoft documents it',
  'loco:BinOp_Modulo1': 'the remainder is never negative: agent-type-casts-coercion-0035#2 shows it',
};

const globals = kustoSchema({ tables: [] });
const surroundings = { rows: () => [], nowMs: Date.parse('2026-11-22T00:00:00Z') };

type Outcome = 'right' | 'refused' | 'wrong';

/** A query that the real engine does not take is right when it is refused. */
function outcomeOf({ query, isError, expected }: Case): Outcome {
  try {
    const answer = evaluate(analyze(query, globals), surroundings);
    return !isError && isRight(answer, expected) ? 'right' : 'wrong';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return isError ? 'right' : 'refused';
  }
}

describe.runIf(existsSync(file))('the results of the real engine', () => {
  test('are given, or refused by name, but never replaced by others', { timeout: 60_000 }, () => {
    const cases = readCases(file);
    const outcomes = new Map(cases.map((each) => [each.id, outcomeOf(each)]));
    const having = (wanted: Outcome): string[] =>
      [...outcomes].filter(([, outcome]) => outcome === wanted).map(([id]) => id);
    expect(having('wrong').filter((id) => faulty[id] === undefined)).toEqual([]);
    expect(Object.keys(faulty).filter((id) => outcomes.has(id) && outcomes.get(id) !== 'wrong')).toEqual([]);
    expect(having('right').length).toBeGreaterThanOrEqual(608);
  });
});
