import type { HostState } from '../host-process.ts';
import { startHostProcess } from '../host-process.ts';
import type { FeedRun } from './feed-run.ts';
import type { Books } from './books.ts';
import { type Activity, followHost } from './host-activity.ts';
import type { Overview } from './overview.ts';

/** The host process and what goes on in it. */
export interface RunningHost {
  readonly shown: Overview['host'];
  readonly activity: (connector: string) => Activity;
  /** Fires a connector's timer out of turn. */
  readonly fire: (name: string) => void;
  readonly kill: () => void;
  /** Lets its runs end. */
  stop(): Promise<void>;
}

interface Options {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly books: Books;
  readonly onRun: (run: FeedRun) => void;
  readonly onLine: (line: string) => void;
  readonly onChange: () => void;
}

/** Starts the host process. */
export function runHost({ folder, environment, books, onRun, onLine, onChange }: Options): RunningHost {
  const activity = followHost();
  let restarts = 0;

  const hear = (line: string): void => {
    const run = books.log(line, Date.now());
    if (run) onRun(run);
  };
  const enter = (state: HostState): void => {
    if (state === 'restarting') {
      restarts++;
      activity.ended();
      onLine('The host process has died; it is started again.');
    }
    onChange();
  };
  const host = startHostProcess({
    folder,
    environment,
    due: () => activity.due(),
    onMessage(message) {
      activity.take(message, Date.now());
      if (message.kind === 'log') hear(message.message);
      if (message.kind === 'ended' && message.failure !== undefined)
        onLine(`${message.name} needs attention: ${message.failure}`);
      onChange();
    },
    onState: enter,
    onLine,
  });
  return {
    get shown() {
      return { state: host.state, pid: host.pid, restarts };
    },
    activity: (connector) => activity.of(connector),
    fire: (name) => host.fire(name),
    kill: () => host.kill(),
    stop: () => host.stop(),
  };
}
