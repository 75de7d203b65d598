import { parentPort } from 'node:worker_threads';
import { cutPage, emptyCut } from '../collect/cut-page.ts';
import { feeds } from '../feeds/index.ts';
import type { Answer, Task } from './messages.ts';

/** The program of the thread that cuts pages; `dist` has it as a file of its own. */
parentPort?.on('message', ({ feed: name, events, stamp, port }: Task) => {
  const feed = feeds.find((each) => each.name === name);
  if (!feed) throw new Error(`There is no feed ${name}.`);
  const bodies = cutPage(feed, events, stamp);
  port.on('message', () => answer(port, bodies));
  port.on('close', () => bodies.return(emptyCut));
});

function answer(port: Task['port'], bodies: ReturnType<typeof cutPage>): void {
  const say = (said: Answer, memory: readonly ArrayBuffer[] = []) => port.postMessage(said, memory);
  try {
    const next = bodies.next();
    if (next.done) say({ kind: 'cut', cut: next.value });
    else say({ kind: 'body', body: next.value }, [next.value.json.buffer]);
  } catch (error) {
    say({ kind: 'failed', error });
  }
}
