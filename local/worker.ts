import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire, Module } from 'node:module';
import { resolve } from 'node:path';
import * as z from 'zod';
import { createCore, type Registrations, type TimerFunction, type WorkerLog } from './worker-core.ts';

/** A loaded app, as the Functions host sees it. */
export interface FunctionApp {
  readonly functions: ReadonlyMap<string, { readonly schedule: string }>;
  /** Fires a timer. @throws what its handler threw */
  invoke(name: string, timer?: { readonly isPastDue?: boolean }): Promise<void>;
  /** Runs what the app does before its process ends. */
  terminate(): Promise<void>;
}

/**
 * Loads a built app as the Functions worker does: the `main` of its package.json, with the module `@azure/functions-core` given to it.
 * @param log gets every line the app logs
 * @throws what the app throws while it loads
 */
export async function loadApp(directory: string, log: WorkerLog = () => undefined): Promise<FunctionApp> {
  const { module, registrations } = createCore(log);
  requireFresh(await mainOf(directory), module);
  const appHookData = {};
  await registrations.runHooks('appStart', { hookData: appHookData });
  await registrations.model().getCapabilities({});
  registrations.close();

  const lastFired = new Map<string, string>();
  return {
    functions: registrations.functions,
    async invoke(name, { isPastDue = false } = {}) {
      const timer = registrations.functions.get(name);
      if (!timer)
        throw new Error(`The app has no function ${name}, but ${[...registrations.functions.keys()].join(', ')}.`);
      const now = new Date().toISOString();
      const last = lastFired.get(name) ?? '0001-01-01T00:00:00+00:00';
      lastFired.set(name, now);
      const scheduleStatus = { Last: last, LastUpdated: last, Next: now };
      const timerInfo = { Schedule: { AdjustForDST: true }, ScheduleStatus: scheduleStatus, IsPastDue: isPastDue };
      await fire(timer, timerInfo, registrations, { log, appHookData });
    },
    terminate: () => registrations.runHooks('appTerminate', { hookData: appHookData }),
  };
}

interface Surroundings {
  readonly log: WorkerLog;
  readonly appHookData: object;
}

/** What the hooks behind an invocation see, and may change. */
interface Outcome extends Record<string, unknown> {
  result: unknown;
  error: unknown;
}

async function fire(
  timer: TimerFunction,
  timerInfo: object,
  app: Registrations,
  { log, appHookData }: Surroundings,
): Promise<void> {
  const { metadata, binding, callback } = timer;
  const invocationId = randomUUID();
  const coreContext = {
    invocationId,
    metadata,
    state: 'preInvocationHooks',
    request: {
      invocationId,
      inputData: [{ name: binding, data: { json: JSON.stringify(timerInfo) } }],
      triggerMetadata: {},
    },
    log: (level: string, category: string, message: string) =>
      log({ level, category, message, functionName: metadata.name }),
  };
  const invocation = app.model().getInvocationModel(coreContext);
  const { context, inputs } = await invocation.getArguments();
  const shared = { hookData: {}, appHookData, invocationContext: context };
  const before = { ...shared, inputs, functionCallback: callback };
  await app.runHooks('preInvocation', before);

  coreContext.state = 'invocation';
  const after: Outcome = { ...shared, inputs: before.inputs, result: undefined, error: undefined };
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }

  coreContext.state = 'postInvocationHooks';
  await app.runHooks('postInvocation', after);
  if (after.error !== undefined && after.error !== null) throw after.error;
  await invocation.getResponse(context, after.result);
}

const packageJson = z.object({ main: z.string() });

async function mainOf(directory: string): Promise<string> {
  const text = await readFile(resolve(directory, 'package.json'), 'utf8');
  return resolve(directory, packageJson.parse(JSON.parse(text)).main);
}

// Each app starts anew, as in a process of its own; only what it requires while loading can be the injected module.
function requireFresh(path: string, core: object): void {
  const require = createRequire(path);
  const prototype: { require: (this: NodeJS.Module, id: string) => unknown } = Module.prototype;
  const original = prototype.require;
  delete require.cache[path];
  prototype.require = function (id) {
    return id === '@azure/functions-core' ? core : original.call(this, id);
  };
  try {
    require(path);
  } finally {
    prototype.require = original;
  }
}
