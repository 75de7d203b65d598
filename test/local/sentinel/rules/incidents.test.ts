import { describe, expect, test } from 'vitest';
import { workspace } from '../../../../local/sentinel/content/workspace.ts';
import { evaluate } from '../../../../local/sentinel/kql/evaluate.ts';
import { analyze } from '../../../../local/sentinel/kql/language.ts';
import { openIncidents } from '../../../../local/sentinel/rules/incidents.ts';
import { securityIncidentRow } from '../../../../local/sentinel/rules/security-incident.ts';
import { raisedBy, resultOf, scheduledAt } from './rule.ts';

const hourMs = 3_600_000;

interface Seen {
  readonly user: string;
  readonly afterHours?: number;
  readonly severity?: string;
  readonly host?: string;
}

/** The alerts of each incident that findings come to, each in a run of its own, as the places of the findings. */
function grouped(
  grouping: object | undefined,
  seen: readonly Seen[],
  changes: object = {},
): readonly (readonly number[])[] {
  const usual = { enabled: true, reopenClosedIncident: false, lookbackDuration: '5h', matchingMethod: 'AllEntities' };
  const groupingConfiguration = grouping && { ...usual, ...grouping };
  const incidents = openIncidents();
  const ids = seen.map(({ user, afterHours = 0, severity = 'Low', host = '' }, index) => {
    const alerts = raisedBy(
      {
        incidentConfiguration: { createIncident: true, ...(groupingConfiguration && { groupingConfiguration }) },
        alertDetailsOverride: { alertSeverityColumnName: 'Severity' },
        customDetails: { Host: 'Host' },
        ...changes,
      },
      resultOf({ User: user, Severity: severity, Host: host }),
      scheduledAt + afterHours * hourMs + index,
    );
    incidents.add(alerts);
    return alerts[0]?.id;
  });
  return incidents.list().map(({ alertIds }) => alertIds.map((id) => ids.indexOf(id)));
}

describe('an incident', () => {
  test('is made of each alert where alerts are not grouped', () => {
    expect(grouped(undefined, [{ user: 'anna' }, { user: 'anna' }])).toEqual([[0], [1]]);
    expect(grouped({ enabled: false }, [{ user: 'anna' }, { user: 'anna' }])).toEqual([[0], [1]]);
  });

  test('gathers the alerts of a rule whose entities are all the same', () => {
    expect(grouped({}, [{ user: 'anna' }, { user: 'bert' }, { user: 'anna' }])).toEqual([[0, 2], [1]]);
    expect(grouped({}, [{ user: '' }, { user: '' }])).toEqual([[0], [1]]);
  });

  test('gathers for so long after its first alert', () => {
    const seen = [0, 4, 5.1, 9].map((afterHours) => ({ user: 'anna', afterHours }));
    expect(grouped({}, seen)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('gathers every alert of its rule, if told so', () => {
    expect(grouped({ matchingMethod: 'AnyAlert' }, [{ user: 'anna' }, { user: 'bert' }])).toEqual([[0, 1]]);
  });

  test('gathers what is alike in what was selected', () => {
    const seen = [
      { user: 'anna', host: 'x', severity: 'Low' },
      { user: 'anna', host: 'y', severity: 'Low' },
      { user: 'bert', host: 'x', severity: 'High' },
    ];
    const selected = (of: object) => grouped({ matchingMethod: 'Selected', ...of }, seen);
    expect(selected({ groupByEntities: ['Mailbox'] })).toEqual([[0, 1], [2]]);
    expect(selected({ groupByAlertDetails: ['Severity'] })).toEqual([[0, 1], [2]]);
    expect(selected({ groupByCustomDetails: ['Host'] })).toEqual([[0, 2], [1]]);
    expect(selected({ groupByEntities: ['Mailbox'], groupByCustomDetails: ['Host'] })).toEqual([[0], [1], [2]]);
  });

  test('holds 150 alerts at most', () => {
    const seen = Array.from({ length: 151 }, () => ({ user: 'anna' }));
    expect(grouped({}, seen).map((ids) => ids.length)).toEqual([150, 1]);
  });

  test('is not made where a rule makes none', () => {
    expect(grouped(undefined, [{ user: 'anna' }], { incidentConfiguration: { createIncident: false } })).toEqual([]);
  });

  test('is as grave as its gravest alert, and changes once a run', () => {
    const incidents = openIncidents();
    const changes = {
      incidentConfiguration: {
        createIncident: true,
        groupingConfiguration: {
          enabled: true,
          reopenClosedIncident: false,
          lookbackDuration: 'PT5H',
          matchingMethod: 'AnyAlert',
        },
      },
      alertDetailsOverride: { alertSeverityColumnName: 'Severity' },
    };
    const run = (...severities: string[]) =>
      incidents.add(raisedBy(changes, resultOf(...severities.map((Severity) => ({ Severity, User: 'anna' })))));
    expect(run('Low', 'High', 'Medium').map(({ severity, alertIds }) => [severity, alertIds.length])).toEqual([
      ['High', 3],
    ]);
    expect(run('Low').map(({ number, severity }) => [number, severity])).toEqual([[1, 'High']]);
  });

  test('is found in its table by its latest row', () => {
    const [incident] = openIncidents().add(raisedBy({}, resultOf({ User: 'anna' })));
    if (!incident) throw new Error('an alert makes an incident');
    const later = { ...incident, severity: 'High' as const, modifiedAt: incident.modifiedAt + hourMs };
    const query = `SecurityIncident | summarize arg_max(TimeGenerated, *) by IncidentNumber
      | project Title, Severity, Status, array_length(AlertIds), tostring(AdditionalData.alertsCount)`;
    const rows = () => [securityIncidentRow(incident), securityIncidentRow(later)];
    const answer = evaluate(analyze(query, workspace([])), { rows, nowMs: later.modifiedAt });
    expect(answer.rows).toEqual([['A rule', 'High', 'New', 1n, '1']]);
  });
});
