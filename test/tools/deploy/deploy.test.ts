import { describe, expect, test } from 'vitest';
import { connectors } from '../../../functions/connectors.ts';
import { type JsonObject, isJsonObject, parseJson } from '../../../functions/tables/json.ts';
import { deploy } from '../../../tools/deploy/deploy.ts';
import { type DeployOptions, readRequest } from '../../../tools/deploy/request.ts';
import * as azure from '../stand-in/azure.ts';
import type { Scenario } from '../stand-in/scenario.ts';
import { type Stage, changesOf, stage } from '../stand-in/stage.ts';

const options: DeployOptions = { 'resource-group': 'mail', workspace: 'sentinel', 'workspace-resource-group': 'siem' };
const secret = 'the-client-secret-of-a-test';
const sites = `rest GET ${azure.group}/providers/Microsoft.Web/sites`;
const [installedSites = {}] = [azure.installed[sites] ?? {}].flat();
const due = connectors.filter(({ name }) => name !== 'Awareness').flatMap(({ feeds }) => feeds.map(({ name }) => name));
const healthy = due.map((Feed) => ({ Feed, Ended: '2026-11-21T12:01:00Z', RowsSent: 12, Fault: '', Message: '' }));

/** A resource group without a connector until the deployment, with what a test changes about it. */
const fresh = (changes: Scenario = {}): Scenario => ({
  ...azure.installed,
  [sites]: [azure.list(), installedSites],
  [azure.queryKey]: [azure.query(), azure.query(...healthy)],
  ...changes,
});

async function run(at: Stage, more: DeployOptions = {}, environment: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return deploy(await readRequest({ ...options, ...more }, environment), at.world);
}

/** The parameters that a call of az was lent. */
function parametersOf(at: Stage, key: string): JsonObject {
  const file = at.calls().find((call) => call.key === key)?.lent;
  const read = parseJson(file?.text ?? '{}');
  const parameters = isJsonObject(read) && isJsonObject(read['parameters']) ? read['parameters'] : {};
  return Object.fromEntries(
    Object.entries(parameters).map(([name, wrapped]) => [name, (isJsonObject(wrapped) && wrapped['value']) ?? null]),
  );
}

describe('a first deployment', () => {
  test('asks for the credentials, shows what changes, deploys, uploads the package and reads the first rows', async () => {
    const at = stage(fresh(), ['an-id', secret, 'yes']);
    expect(await run(at)).toBe(true);
    expect(changesOf(at)).toEqual([
      'deployment group create',
      'storage blob upload',
      'functionapp deployment source config-zip',
    ]);
    expect(at.shown()).toContain('create  Microsoft.Web/sites/');
    expect(at.shown()).toContain('SegCg: 12 rows arrived.');
    expect(at.shown()).toContain('Awareness runs first at 2026-11-21T18:15:50');
    expect(at.shown()).toContain('The connector works.');
    expect(parametersOf(at, 'deployment group create')).toMatchObject({
      workspaceId: azure.workspace,
      name: 'mimecast',
      mimecastClientId: 'an-id',
      mimecastClientSecret: secret,
      content: 'missing',
      existingTables: {},
    });
  });
});
