import type { Random } from '../plain/random.ts';
import type { Recorded } from './happening.ts';
import type { Company, Employee } from './people.ts';
import type { RuleName } from './rule-names.ts';

/** Who is attacked and when (epoch ms); `label` tells the attack from every other. */
interface Plan {
  readonly label: string;
  readonly at: number;
  /** Stands in the attacker's domains, so that no two attacks of a kind share one; empty in the story that is planned. */
  readonly mark: string;
  readonly random: Random;
  readonly company: Company;
  readonly victim: Employee;
  /** Others who are hit as well, or used; as many as a plot needs, none of them the victim. */
  readonly others: readonly Employee[];
}

/** The part of an attack that one rule should find, with all events that tell of it. */
interface Scene {
  readonly id: string;
  readonly title: string;
  readonly rule: RuleName;
  readonly records: readonly Recorded[];
}

/** An attack: an address of the victim, and one of the attacker where he has one. */
export interface Attack {
  readonly victim: string;
  readonly attacker?: string;
  readonly scenes: readonly Scene[];
}

export type Plot = (plan: Plan) => Attack;
