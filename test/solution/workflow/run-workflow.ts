import { isJsonObject, type Json, type JsonObject } from '../../../functions/tables/json.ts';
import { field, strings, text } from '../../../solution/checks/check.ts';
import { evaluate, type Values } from './expression.ts';

/** A request that an action makes. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: JsonObject;
  readonly body: Json;
  /** For whom its managed identity signs in; undefined when it does not. */
  readonly audience: Json | undefined;
}

export type Send = (request: SentRequest) => { readonly status: number; readonly body: Json };

type Status = 'Succeeded' | 'Failed' | 'Skipped';

/** What a run came to: its answer, and what anybody sees who may read the run's history. */
export interface Outcome {
  readonly answer: { readonly status: number; readonly body: Json };
  readonly history: readonly Json[];
}

interface Run {
  readonly send: Send;
  readonly triggerBody: Json;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly outputs: Map<string, Json>;
  readonly history: Json[];
  readonly item?: Json;
  answer?: Outcome['answer'];
}

/** Runs a workflow's definition once, as Logic Apps would. @param parameters what the deployment gives it */
export function runWorkflow(definition: JsonObject, parameters: JsonObject, triggerBody: Json, send: Send): Outcome {
  const schema = field(definition, 'triggers', 'manual', 'inputs', 'schema');
  if (!fits(triggerBody, schema)) return { answer: { status: 400, body: 'schema' }, history: [] };
  const run: Run = {
    send,
    triggerBody,
    parameters: new Map(Object.entries(parameters)),
    outputs: new Map(),
    history: [],
  };
  runActions(field(definition, 'actions'), run);
  if (!run.answer) throw new Error('the workflow gave no answer');
  return { answer: run.answer, history: run.history };
}

/** Runs actions in the order that runAfter gives. @returns whether none has failed without another caring for it */
function runActions(actions: JsonObject, run: Run): boolean {
  const done = new Map<string, Status>();
  const names = Object.keys(actions);
  while (done.size < names.length) {
    const ready = names.find((name) => !done.has(name) && after(actions, name).every(([before]) => done.has(before)));
    if (ready === undefined)
      throw new Error(`these wait for one another: ${names.filter((name) => !done.has(name)).join()}`);
    const mayRun = after(actions, ready).every(([before, wanted]) => wanted.includes(done.get(before) ?? ''));
    done.set(ready, mayRun ? runAction(ready, field(actions, ready), run) : 'Skipped');
  }
  return ![...done.values()].includes('Failed');
}

function after(actions: JsonObject, name: string): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(field(actions, name, 'runAfter')).map(([before, wanted]) => [before, strings(wanted)]);
}

function runAction(name: string, action: JsonObject, run: Run): Status {
  const values: Values = run;
  switch (text(action, 'type')) {
    case 'Compose':
      return put(name, action, evaluate(action['inputs'] ?? null, values), run);
    case 'Select': {
      const from = evaluate(field(action, 'inputs')['from'] ?? null, values);
      const select = field(action, 'inputs')['select'] ?? null;
      const made = (Array.isArray(from) ? from : []).map((item) => evaluate(select, { ...values, item }));
      return put(name, action, made, run);
    }
    case 'Http':
      return http(name, action, run);
    case 'Scope':
      return runActions(field(action, 'actions'), run) ? 'Succeeded' : 'Failed';
    case 'Switch': {
      const on = evaluate(action['expression'] ?? null, values);
      const chosen = Object.values(field(action, 'cases')).find((each) => isJsonObject(each) && each['case'] === on);
      return runActions(field(chosen ?? action['default'], 'actions'), run) ? 'Succeeded' : 'Failed';
    }
    case 'Foreach': {
      const items = evaluate(action['foreach'] ?? null, values);
      const ends = (Array.isArray(items) ? items : []).map((item) =>
        runActions(field(action, 'actions'), { ...run, item }),
      );
      return ends.includes(false) ? 'Failed' : 'Succeeded';
    }
    case 'Response': {
      const inputs = field(evaluate(action['inputs'] ?? null, values));
      run.answer = { status: Number(inputs['statusCode']), body: inputs['body'] ?? null };
      run.history.push(inputs);
      return 'Succeeded';
    }
    default:
      throw new Error(`the action ${name} is of a kind that is not known`);
  }
}

function put(name: string, action: JsonObject, output: Json, run: Run): Status {
  run.outputs.set(name, output);
  if (!hidden(action).includes('outputs')) run.history.push(output);
  return 'Succeeded';
}

function http(name: string, action: JsonObject, run: Run): Status {
  const inputs = field(evaluate(action['inputs'] ?? null, run));
  if (!hidden(action).includes('inputs')) run.history.push(inputs);
  const { status, body } = run.send({
    method: text(inputs, 'method'),
    url: text(inputs, 'uri'),
    headers: field(inputs, 'headers'),
    body: inputs['body'] ?? null,
    audience: field(inputs, 'authentication')['audience'],
  });
  put(name, action, body, run);
  return status < 300 ? 'Succeeded' : 'Failed';
}

function hidden(action: JsonObject): readonly string[] {
  return strings(field(action, 'runtimeConfiguration', 'secureData')['properties']);
}

/** Whether a body fits the parts of JSON schema that a trigger uses. */
function fits(value: Json, schema: JsonObject): boolean {
  const wanted = strings(schema['enum']);
  if (wanted.length > 0) return typeof value === 'string' && wanted.includes(value);
  if (schema['type'] === 'array')
    return (
      Array.isArray(value) &&
      value.length >= Number(schema['minItems'] ?? 0) &&
      value.every((each) => fits(each, field(schema, 'items')))
    );
  if (!isJsonObject(value)) return false;
  return Object.entries(field(schema, 'properties')).every(([key, each]) => {
    const part = value[key];
    return part === undefined || fits(part, field(each));
  });
}
