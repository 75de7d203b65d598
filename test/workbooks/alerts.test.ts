import { expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../functions/tables/json.ts';
import { workspace } from '../../local/sentinel/content/workspace.ts';
import type { SourceRow } from '../../local/sentinel/kql/scope.ts';
import { isProblem } from '../../local/sentinel/query/query.ts';
import { queryRunner } from '../../local/sentinel/query/run-query.ts';
import { tilesOf, withParameters } from './tiles.ts';

const hourMs = 3_600_000;
const now = Date.parse('2026-03-10T12:00:00Z');
const span = { from: now - 24 * hourMs, to: now };
const run = queryRunner(workspace([]));

/** An alert raised some hours ago. */
function raised(hoursAgo: number, rule: string, cells: JsonObject = {}): SourceRow {
  const time = now - hoursAgo * hourMs;
  const properties = JSON.stringify({ 'Analytic Rule Name': rule });
  const row = { SystemAlertId: `${rule} ${hoursAgo}`, AlertName: 'Somebody did something', AlertSeverity: 'High' };
  const said = { ProviderName: 'ASI Scheduled Alerts', ExtendedProperties: properties };
  return { timeGenerated: time, arrival: time, row: { ...row, ...said, ...cells } };
}

const lena = JSON.stringify([{ $id: '2', Name: 'lena.brandt', UPNSuffix: 'larkfield.example', Type: 'account' }]);
const closed = { Status: 'Closed' };
const alerts = [
  raised(1, 'Mimecast Audit - Logon Authentication Failed', { Entities: lena }),
  raised(2, 'Mimecast Secure Email Gateway - AV'),
  raised(3, 'Mimecast Targeted Threat Protection - URL Protect', { Entities: lena.replace('lena', 'helena') }),
  raised(4, 'Mimecast Data Leak Prevention - Hold'),
  raised(5, 'A rule of somebody else'),
  raised(30, 'Mimecast Audit - Logon Authentication Failed'),
];
// An alert has a row more for each change of its state.
const changed = raised(2, 'Mimecast Secure Email Gateway - AV', closed);
const rows = [...alerts, { ...changed, timeGenerated: now - hourMs }];

function shown(file: string, tile: string, chosen: Readonly<Record<string, string>> = {}): readonly JsonObject[] {
  const tiles = tilesOf(file);
  const query = withParameters(tiles.tile(tile).query, { ...tiles.chosen, ...chosen }, span);
  const answer = run(
    { query, rowLimit: 1000 },
    { rows: (table) => (table === 'SecurityAlert' ? rows : []), nowMs: now },
  );
  if (isProblem(answer)) throw new Error(answer.problem);
  return answer.rows
    .map((cells) => Object.fromEntries(answer.columns.map(({ name }, index) => [name, cells[index] ?? null])))
    .filter(isJsonObject);
}

test.each([
  ['Mimecast_Audit_Workbook.json', 1],
  ['Mimecast_Cloud_Integrated_Workbook.json', 4],
])('%s shows the alerts of its rules in the chosen time, each once', (file, count) => {
  expect(shown(file, 'alerts-of-rules')).toHaveLength(count);
});

test('an alert stands there as it was last', () => {
  const found = shown('Mimecast_Cloud_Integrated_Workbook.json', 'alerts-of-rules');
  expect(found.filter(({ Status }) => Status === 'Closed')).toHaveLength(1);
});

test('the alerts that name a user are found by the whole name', () => {
  const chosen = { RiskUser: 'lena.brandt@larkfield.example' };
  expect(shown('Mimecast_Awareness_Training_Workbook.json', 'alerts-of-user', chosen)).toHaveLength(1);
});
