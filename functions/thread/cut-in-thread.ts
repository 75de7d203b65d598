import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { ConnectorError } from '../collect/fault.ts';
import type { Cut } from '../collect/ports.ts';
import type { Answer, Task } from './messages.ts';

/**
 * V8 lets the young generation of a thread grow with all that ever outlived a scavenge, to over 100 MB within a million
 * events: https://nodejs.org/api/worker_threads.html#new-workerfilename-options
 */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

/**
 * Cuts pages in a thread of its own, which is started for the first page and kept: what it throws away does not make the
 * process grow, and requests go on meanwhile. Meant to be made once per process.
 * @param program path of `cut-thread`
 */
export function cutInThread(program: string): Cut {
  let thread: Thread | undefined;
  return async function* cut(feed, events, stamp) {
    const { worker, ended } = (thread ??= start(program, () => (thread = undefined)));
    const { port1: port, port2: itsPort } = new MessageChannel();
    const task: Task = { feed: feed.name, events, stamp, port: itsPort };
    worker.postMessage(task, 'block' in events ? [itsPort, events.block.buffer] : [itsPort]);
    try {
      let asked = ask(port);
      for (;;) {
        const answer = await asked;
        if (answer?.kind === 'cut') return answer.cut;
        if (answer?.kind === 'failed') throw answer.error;
        if (!answer) throw endedEarly(await ended);
        asked = ask(port);
        yield answer.body;
      }
    } finally {
      port.close();
    }
  };
}

interface Thread {
  readonly worker: Worker;
  /** Why it ended: an error, or its exit code. */
  readonly ended: Promise<unknown>;
}

function start(program: string, onEnd: () => void): Thread {
  const worker = new Worker(program, { resourceLimits });
  const { promise: ended, resolve } = Promise.withResolvers<unknown>();
  worker.once('error', resolve).once('exit', resolve);
  void ended.then(onEnd);
  // The ports of the pages in hand keep the process alive; between pages nothing does.
  worker.unref();
  return { worker, ended };
}

/** @returns undefined when the thread ended instead */
function ask(port: MessagePort): Promise<Answer | undefined> {
  const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
  const end = () => resolve(undefined);
  port.once('close', end);
  port.once('message', (answer: Answer) => {
    port.off('close', end);
    resolve(answer);
  });
  port.postMessage('next');
  return promise;
}

function endedEarly(cause: unknown): ConnectorError {
  const why = cause instanceof Error ? cause.message : `exit code ${String(cause)}`;
  const message = `The thread that cuts pages ended (${why}); the next run starts another and goes on from the last cursor.`;
  return new ConnectorError('unavailable', message, { cause });
}
