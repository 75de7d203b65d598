import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type FromRules, fromRules, type RulesData } from './rule-messages.ts';

const entry = fileURLToPath(new URL('./rule-worker.ts', import.meta.url));

/** The thread that runs the rules. */
export interface RuleThread {
  readonly close: () => Promise<void>;
}

/** Starts it. @param onMessage hears what it raises @param onDeath hears why it ended, if it did */
export function startRuleThread(
  data: RulesData,
  onMessage: (told: FromRules) => void,
  onDeath: (why: string) => void,
): RuleThread {
  const worker = new Worker(entry, { workerData: data });
  let isClosing = false;
  worker.on('message', (message: unknown) => {
    if (!isClosing) onMessage(fromRules.parse(message));
  });
  worker.on('error', (error) => onDeath(error instanceof Error ? error.message : String(error)));
  return {
    async close() {
      isClosing = true;
      await worker.terminate();
    },
  };
}
