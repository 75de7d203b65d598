import { loadApp } from '../local/worker.ts';
import { reply } from './processes.ts';

/**
 * The start-up, a program: loads the built app in the folder that its argument names, as the Functions worker does.
 * Replies how long that took until all functions were registered, in milliseconds, also counted from the process's start.
 */
const [folder = 'dist'] = process.argv.slice(2);
const startedMs = performance.now();
const { functions } = await loadApp(folder);
const registeredMs = performance.now();
reply({ functions: functions.size, bundleMs: registeredMs - startedMs, processMs: registeredMs });
