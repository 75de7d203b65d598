import { connectors } from '../../../functions/connectors.ts';
import { type Json, type JsonObject, isJsonObject, parseJson } from '../../../functions/tables/json.ts';
import { deploy } from '../../../tools/deploy/deploy.ts';
import { type DeployOptions, readRequest } from '../../../tools/deploy/request.ts';
import * as azure from '../stand-in/azure.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import type { Stage } from '../stand-in/stage.ts';

const options: DeployOptions = { 'resource-group': 'mail', workspace: 'sentinel', 'workspace-resource-group': 'siem' };

export const secret = 'the-client-secret-of-a-test';
const sites = `rest GET ${azure.group}/providers/Microsoft.Web/sites`;

/** The feeds whose timers fire soon after the stage's time; Awareness fires at 18:15:50. */
export const due = connectors
  .filter(({ name }) => name !== 'Awareness')
  .flatMap(({ feeds }) => feeds.map(({ name }) => name));

/** Health rows in which every feed that is due has sent rows, with what a test changes about one. */
export const health = (feed?: string, changes: JsonObject = {}): readonly JsonObject[] =>
  due.map((name) => ({
    Feed: name,
    Ended: '2026-11-21T13:01:00Z',
    RowsSent: 12,
    Fault: '',
    Message: '',
    ...(name === feed && changes),
  }));

/** A resource group without a connector until the deployment, with what a test changes about it. */
export const fresh = (changes: Scenario = {}): Scenario => ({
  ...azure.installed,
  [sites]: [azure.list(), ...[azure.installed[sites] ?? {}].flat()],
  [azure.queryKey]: [azure.query(), azure.query(...health())],
  ...changes,
});

/** Runs `npm run deploy` on a stage. */
export async function run(
  at: Stage,
  more: DeployOptions = {},
  environment: NodeJS.ProcessEnv = { MIMECAST_CLIENT_ID: 'an-id', MIMECAST_CLIENT_SECRET: secret },
): Promise<boolean> {
  return deploy(await readRequest({ ...options, ...more }, environment), at.world);
}

/** The parameters that a call of az was lent. */
export function parametersOf(at: Stage, key: string): Readonly<Record<string, Json>> {
  const read = parseJson(at.calls().find((call) => call.key === key)?.lent?.text ?? '{}');
  const parameters = isJsonObject(read) && isJsonObject(read['parameters']) ? read['parameters'] : {};
  const entries = Object.entries(parameters).map(
    ([name, wrapped]) => [name, isJsonObject(wrapped) ? (wrapped['value'] ?? null) : null] as const,
  );
  return Object.fromEntries(entries);
}
