import { cp } from 'node:fs/promises';
import { inject } from 'vitest';
import { azureCli } from '../../../tools/azure-cli/az.ts';
import { resourceManager } from '../../../tools/azure-cli/resource-manager.ts';
import type { Terminal } from '../../../tools/deploy/terminal.ts';
import type { World } from '../../../tools/deploy/world.ts';
import { type FakeClock, fakeClock } from '../../fakes/clock.ts';
import { type Scenario, type StandIn, standIn } from './scenario.ts';

/** A program's surroundings with the stand-in as its az. */
export interface Stage extends StandIn {
  readonly world: World;
  readonly clock: FakeClock;
  /** Files that were kept, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** All that the person was shown, questions included. */
  readonly shown: () => string;
}

/** Starts at 13:00 UTC of 21 November 2026. @param answers of the person, in turn; a question without one left fails */
export function stage(scenario: Scenario, answers: readonly string[] = []): Stage {
  const found = standIn(scenario);
  const az = azureCli(found.environment);
  const said: string[] = [];
  const clock = fakeClock(Date.UTC(2026, 10, 21, 13));
  const terminal = scriptedTerminal(answers, said);
  const files = new Map<string, string>();
  const signal = new AbortController().signal;
  // The setup of the tests has built the app already.
  const build = (folder: string) => cp(inject('dist'), folder, { recursive: true });
  const keep = async (name: string, text: string) => {
    files.set(name, text);
    return name;
  };
  return {
    ...found,
    clock,
    files,
    world: { az, arm: resourceManager(az), terminal, clock, signal, keep, build },
    shown: () => said.join('\n'),
  };
}

function scriptedTerminal(answers: readonly string[], said: string[]): Terminal {
  const left = [...answers];
  const next = (question: string): string => {
    said.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`Nobody answers "${question}".`);
    return answer;
  };
  return {
    say: (line) => void said.push(line),
    ask: async (question, fallback) => next(question) || (fallback ?? ''),
    askSecret: async (question) => next(question),
    confirm: async (question) => next(question) === 'yes',
  };
}

// The calls that read, or end in nothing.
const reading =
  /^(account|cloud|rest GET|rest POST https|deployment group what-if|storage blob (exists|download)|.* (list|show)$)/;

/** The calls of az that changed something in Azure. */
export function changesOf({ calls }: StandIn): readonly string[] {
  return calls()
    .map(({ key }) => key)
    .filter((key) => !reading.test(key));
}
