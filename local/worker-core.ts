/** A line the app logs; `user` lines come from its invocation contexts, `system` ones from the library. */
export interface WorkerLogLine {
  readonly level: string;
  readonly category: string;
  readonly message: string;
  readonly functionName?: string | undefined;
}
export type WorkerLog = (line: WorkerLogLine) => void;

type Callback = (...args: unknown[]) => unknown;

interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, { readonly type: string; readonly schedule?: string }>>;
}

/** What the library makes of one invocation. */
interface InvocationModel {
  getArguments(): Promise<{ readonly context: object; readonly inputs: readonly unknown[] }>;
  invokeFunction(context: object, inputs: unknown, callback: unknown): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<unknown>;
}

interface ProgrammingModel {
  getInvocationModel(coreContext: object): InvocationModel;
  getCapabilities(capabilities: object): Promise<unknown>;
}

interface Disposable {
  dispose(): void;
}

/** A timer function of the app. */
export interface TimerFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: Callback;
  /** The name of its timer binding. */
  readonly binding: string;
  readonly schedule: string;
}

const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation'] as const;
type HookName = (typeof hookNames)[number];

/** What an app has told its worker while it was loading. */
export interface Registrations {
  readonly functions: ReadonlyMap<string, TimerFunction>;
  model(): ProgrammingModel;
  /** Runs the hooks of a name one after the other; they may change the context. */
  runHooks(name: HookName, context: Record<string, unknown>): Promise<void>;
  /** Ends the time in which functions can be registered. */
  close(): void;
}

/** The module `@azure/functions-core` for one app, and what the app registers through it. */
export function createCore(log: WorkerLog): { readonly module: object; readonly registrations: Registrations } {
  const functions = new Map<string, TimerFunction>();
  const hooks = new Map<string, Callback[]>(hookNames.map((name) => [name, []]));
  let programmingModel: ProgrammingModel | undefined;
  let isOpen = true;

  const module = {
    version: '3.0.0',
    hostVersion: '4.1000.0',
    setProgrammingModel: (model: ProgrammingModel) => void (programmingModel = model),
    getProgrammingModel: () => programmingModel,
    log: (level: string, category: string, message: string) => log({ level, category, message }),
    registerFunction(metadata: FunctionMetadata, callback: Callback): Disposable {
      if (!isOpen) throw new Error(`The function ${metadata.name} is registered too late: the app has started.`);
      if (functions.has(metadata.name)) throw new Error(`The function ${metadata.name} is registered twice.`);
      functions.set(metadata.name, timerFunction(metadata, callback));
      return { dispose: () => void functions.delete(metadata.name) };
    },
    registerHook(name: string, callback: Callback): Disposable {
      const callbacks = hooks.get(name);
      if (!callbacks) throw new RangeError(`There is no hook ${name}.`);
      callbacks.push(callback);
      return { dispose: () => void callbacks.splice(callbacks.indexOf(callback), 1) };
    },
  };

  const registrations: Registrations = {
    functions,
    model() {
      if (!programmingModel)
        throw new Error('The app uses no programming model: it registers no function through @azure/functions.');
      return programmingModel;
    },
    async runHooks(name, context) {
      for (const callback of hooks.get(name) ?? []) await callback(context);
    },
    close: () => void (isOpen = false),
  };
  return { module, registrations };
}

function timerFunction(metadata: FunctionMetadata, callback: Callback): TimerFunction {
  for (const [binding, { type, schedule }] of Object.entries(metadata.bindings)) {
    if (type === 'timerTrigger' && schedule !== undefined) return { metadata, callback, binding, schedule };
  }
  throw new Error(`The function ${metadata.name} has no timer trigger; this worker fires nothing else.`);
}
