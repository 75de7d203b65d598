import { type AnalyticsRule, analyticsRule } from '../../local/sentinel/content/analytics-rule.ts';
import { type Check, yamlFiles } from './check.ts';

/** The tactics of techniques that mail and accounts have to do with. https://attack.mitre.org/techniques/enterprise */
const tacticsOf = new Map<string, readonly string[]>([
  ['T1036', ['DefenseEvasion']],
  ['T1041', ['Exfiltration']],
  ['T1048', ['Exfiltration']],
  ['T1059', ['Execution']],
  ['T1078', ['DefenseEvasion', 'InitialAccess', 'Persistence', 'PrivilegeEscalation']],
  ['T1098', ['Persistence', 'PrivilegeEscalation']],
  ['T1110', ['CredentialAccess']],
  ['T1114', ['Collection']],
  ['T1204', ['Execution']],
  ['T1499', ['Impact']],
  ['T1534', ['LateralMovement']],
  ['T1562', ['DefenseEvasion']],
  ['T1566', ['InitialAccess']],
  ['T1567', ['Exfiltration']],
  ['T1586', ['ResourceDevelopment']],
  ['T1598', ['Reconnaissance']],
  ['T1656', ['DefenseEvasion']],
  ['T1667', ['Impact']],
]);

/** Azure-Sentinel's check `detection-schema`: the limits of a rule, a tactic for each technique, and no two rules with one id. */
export const rules: Check = (files) => {
  const read = yamlFiles(files, /\/Analytic Rules\/.*\.yaml$/);
  const ids = read.map(([, rule]) => rule['id']);
  return read.flatMap(([path, rule]) => {
    const parsed = analyticsRule.safeParse(rule);
    if (!parsed.success)
      return parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`);
    const twice = ids.filter((id) => id === rule['id']).length > 1 ? ['another rule has its id'] : [];
    return [...twice, ...techniqueFaults(parsed.data)].map((fault) => `${path}: ${fault}`);
  });
};

function techniqueFaults({ tactics, relevantTechniques }: AnalyticsRule): readonly string[] {
  return relevantTechniques.flatMap((technique) => {
    const of = tacticsOf.get(technique.replace(/\..*/, ''));
    if (!of) return [`the technique ${technique} is not in the list of this check`];
    return of.some((tactic) => tactics.some((each) => each === tactic))
      ? []
      : [`no tactic of it has the technique ${technique}`];
  });
}
