import { type RuleName, ruleNames } from '../../../../local/mimecast/story/rule-names.ts';
import { gatewayFindings } from './findings-gateway.ts';
import { logFindings } from './findings-logs.ts';
import type { Found } from './groups.ts';
import type { Told } from './told.ts';

/** What a rule would find: the events that meet its condition together. */
export interface Finding {
  readonly rule: RuleName;
  readonly ids: readonly string[];
}

/** Everything in a story that one of the thirteen rules is meant to find; plain and slow, to hold the story to. */
export function findingsIn(told: Told): readonly Finding[] {
  const findings: Finding[] = [];
  const found: Found = (kind, events) => findings.push({ rule: ruleNames[kind], ids: events.map(({ id }) => id) });
  logFindings(told, found);
  gatewayFindings(told, found);
  return findings;
}
