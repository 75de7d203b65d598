import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../functions/tables/json.ts';
import { evaluate as evaluateTemplate, scopeOf } from '../../solution/checks/arm/evaluate.ts';
import { field, list } from '../../solution/checks/check.ts';
import { content } from './built.ts';
import { type Outcome, runWorkflow, type SentRequest } from './workflow/run-workflow.ts';

const appId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/app';
const [workflow = {}] = list(
  evaluateTemplate(content.playbook['resources'] ?? [], scopeOf(content.playbook, { FunctionAppResourceId: appId })),
);
const definition = field(workflow, 'properties', 'definition');
const given = Object.fromEntries(
  Object.entries(field(workflow, 'properties', 'parameters')).map(([name, of]): [string, Json] => [
    name,
    field(of)['value'] ?? null,
  ]),
);
const manager = 'https://resource-manager.example';
const app = `${manager}${appId}`;
const all = connectors.map(({ name }) => name);

/** Azure, as far as the playbook asks it: one function app, its settings and its master key. */
function azure(refused: RegExp = /^never$/) {
  const requests: SentRequest[] = [];
  let settings: JsonObject = {
    KEY_VAULT_URL: 'https://vault.example',
    SECRET: 'setting-secret',
    'AzureWebJobs.Ttp.Disabled': 'true',
  };
  const send = (request: SentRequest): { status: number; body: Json } => {
    requests.push(request);
    const [url = ''] = request.url.split('?');
    if (refused.test(url)) return { status: 403, body: { error: 'no' } };
    if (url === app) return { status: 200, body: { properties: { defaultHostName: 'app.example' } } };
    if (url === `${app}/host/default/listkeys`) return { status: 200, body: { masterKey: 'master-key' } };
    if (url === `${app}/config/appsettings/list`) return { status: 200, body: { properties: settings } };
    if (url === `${app}/config/appsettings` && request.method === 'PUT') {
      settings = field(request.body, 'properties');
      return { status: 200, body: { properties: settings } };
    }
    if (url === `${app}/syncfunctiontriggers`) return { status: 204, body: '' };
    return { status: url.startsWith('https://app.example/admin/functions/') ? 202 : 404, body: '' };
  };
  const ask = (body: Json): Outcome => runWorkflow(definition, given, body, send);
  return { ask, requests, settings: () => settings };
}

describe('the playbook', () => {
  it.each([{}, { action: 'sync' }])('syncs the timers when it is asked for %j', (body) => {
    const { ask, requests } = azure();
    expect(ask(body).answer).toEqual({ status: 200, body: { action: 'sync', functions: [...all], result: 'done' } });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${app}/syncfunctiontriggers?api-version=2024-11-01`,
    ]);
  });

  it('runs connectors now with the app’s master key', () => {
    const { ask, requests } = azure();
    expect(ask({ action: 'run', functions: ['Audit', 'Seg'] }).answer.status).toBe(200);
    const runs = requests.filter(({ url }) => url.startsWith('https://app.example/'));
    expect(runs.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://app.example/admin/functions/Audit',
      'POST https://app.example/admin/functions/Seg',
    ]);
    for (const { headers } of runs) expect(headers['x-functions-key']).toBe('master-key');
  });

  it('runs all connectors when none is named', () => {
    const { ask, requests } = azure();
    ask({ action: 'run' });
    const named = requests.flatMap(({ url }) => /\/admin\/functions\/(\w+)$/.exec(url)?.[1] ?? []);
    expect(named.toSorted()).toEqual(all.toSorted());
  });

  it('pauses and resumes, and leaves every other setting as it is', () => {
    const { ask, settings } = azure();
    const before = settings();
    expect(ask({ action: 'pause', functions: ['Seg', 'Audit'] }).answer.status).toBe(200);
    const paused = { 'AzureWebJobs.Seg.Disabled': 'true', 'AzureWebJobs.Audit.Disabled': 'true' };
    expect(settings()).toEqual({ ...before, ...paused });
    ask({ action: 'resume', functions: ['Seg'] });
    expect(settings()).toEqual({ ...before, ...paused, 'AzureWebJobs.Seg.Disabled': 'false' });
  });

  it.each(['sync', 'run', 'pause', 'resume'])(
    'signs in with its identity, and shows no secret in its history: %s',
    (action) => {
      const { ask, requests } = azure();
      const { history } = ask({ action });
      const toManager = requests.filter(({ url }) => url.startsWith(manager));
      expect(toManager.length).toBeGreaterThan(0);
      for (const { audience } of toManager) expect(audience).toBe(`${manager}/`);
      expect(history.length).toBeGreaterThan(1);
      expect(JSON.stringify(history)).not.toMatch(/master-key|setting-secret/);
    },
  );

  it.each([
    ['sync', /syncfunctiontriggers$/],
    ['run', /listkeys$/],
    ['run', /admin\/functions/],
    ['pause', /list$/],
    ['resume', /appsettings$/],
  ])('says what to do when %s is refused at %s', (action, refused) => {
    const { ask, settings } = azure(refused);
    const before = settings();
    const { status, body } = ask({ action }).answer;
    expect(status).toBe(502);
    expect(isJsonObject(body) && body['what to do']).toContain('Website Contributor');
    expect(settings()).toEqual(before);
  });

  it.each([
    { action: 'delete' },
    { action: 'run', functions: ['Other'] },
    { action: 'pause', functions: ['Seg.Disabled":"","SECRET'] },
    { action: 'pause', functions: [] },
    { action: 'pause', functions: 'Seg' },
    'text',
  ])('refuses %j before it asks anybody', (body) => {
    const { ask, requests } = azure();
    expect(ask(body).answer.status).toBe(400);
    expect(requests).toEqual([]);
  });

  it('validates what it is sent, and runs once at a time', () => {
    expect(field(definition, 'triggers', 'manual')).toMatchObject({
      operationOptions: 'EnableSchemaValidation',
      runtimeConfiguration: { concurrency: { runs: 1 } },
    });
  });

  it('knows the functions that the app has', () => {
    const schema = field(definition, 'triggers', 'manual', 'inputs', 'schema', 'properties', 'functions', 'items');
    expect(schema['enum']).toEqual([...all]);
  });
});
