import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type FromHost, readFromHost, type ToHost } from './host-messages.ts';

/** How the host process is: it is started again 1 s after it ends unasked, later when it ends at once again. */
export type HostState = 'starting' | 'running' | 'restarting' | 'stopping' | 'stopped';

/** The Functions host of the built app in a process of its own, which is started again whenever it dies. */
export interface HostProcess {
  readonly state: HostState;
  readonly pid: number | undefined;
  /** Fires a function out of turn. */
  fire(name: string): void;
  /** Kills the process without warning, as a crash or a lost machine would. */
  kill(): void;
  /** Lets it drain and end; killed when it takes over 5 s. */
  stop(): Promise<void>;
}

interface Options {
  /** Where the built app is. */
  readonly folder: string;
  /** The whole environment of the process beside PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** When each timer is to fire next, as known when the process starts (epoch milliseconds). */
  readonly due: () => Readonly<Record<string, number>>;
  readonly onMessage: (message: FromHost) => void;
  readonly onState: (state: HostState) => void;
  /** Gets what the process prints: nothing, as long as nobody debugs and nothing breaks. */
  readonly onLine: (line: string) => void;
}

const firstRestartMs = 1000;
const longestRestartMs = 30_000;
/** A process that lived so long had started well. */
const goodLifeMs = 10_000;
const stopMs = 5000;

/** Starts the process. */
export function startHostProcess(options: Options): HostProcess {
  let state: HostState = 'starting';
  let restartMs = firstRestartMs / 2;
  let timer: NodeJS.Timeout | undefined;
  let child = start();

  function enter(next: HostState): void {
    state = next;
    options.onState(next);
  }

  function start(): ChildProcess {
    const started = Date.now();
    const entry = fileURLToPath(new URL('./scheduled-host.ts', import.meta.url));
    const process_ = spawn(process.execPath, [entry, options.folder], {
      env: { PATH: process.env['PATH'], ...options.environment, LOCAL_DUE: JSON.stringify(options.due()) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [process_.stdout, process_.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', options.onLine);
    }
    process_.on('message', (message) => {
      const told = readFromHost(message);
      if (told.kind === 'registered') registered();
      options.onMessage(told);
    });
    process_.once('exit', () => restart(Date.now() - started));
    return process_;
  }

  // Before, it hears nothing yet.
  function registered(): void {
    if (state === 'starting') enter('running');
    else tell({ kind: 'stop' });
  }

  function restart(livedMs: number): void {
    if (state === 'stopping' || state === 'stopped') return;
    restartMs = livedMs >= goodLifeMs ? firstRestartMs : Math.min(restartMs * 2, longestRestartMs);
    enter('restarting');
    timer = setTimeout(() => {
      enter('starting');
      child = start();
    }, restartMs);
  }

  const tell = (message: ToHost): void => {
    if (child.connected) child.send(message, () => undefined);
  };

  return {
    get state() {
      return state;
    },
    get pid() {
      return state === 'restarting' || state === 'stopped' ? undefined : child.pid;
    },
    fire: (name) => tell({ kind: 'fire', name }),
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (state === 'stopping' || state === 'stopped') return;
      clearTimeout(timer);
      const isAlive = state !== 'restarting';
      enter('stopping');
      if (isAlive && child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        const killer = setTimeout(() => child.kill('SIGKILL'), stopMs);
        tell({ kind: 'stop' });
        await ended;
        clearTimeout(killer);
      }
      enter('stopped');
    },
  };
}
