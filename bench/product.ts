import { loadApp } from '../local/worker.ts';
import { reply } from './processes.ts';

/**
 * The product, a program: the built app in the folder that its argument names, its timer `Seg` fired once.
 * Its environment holds the app's settings. Memory is sampled while it runs.
 */
const sampleMs = 250;

const [folder = 'dist'] = process.argv.slice(2);
const app = await loadApp(folder, ({ level, message }) => {
  if (level === 'error' || level === 'warning') process.stderr.write(`${message}\n`);
});
const rssBytes: number[] = [];
const sampling = setInterval(() => rssBytes.push(process.memoryUsage.rss()), sampleMs);
const loadedCpuSeconds = secondsOf(process.cpuUsage());
const loadedThreadSeconds = secondsOf(process.threadCpuUsage());
const startedMs = performance.now();
await app.invoke('Seg');
const seconds = (performance.now() - startedMs) / 1000;
clearInterval(sampling);
const { maxRSS } = process.resourceUsage();
reply({
  seconds,
  cpuSeconds: secondsOf(process.cpuUsage()) - loadedCpuSeconds,
  mainThreadCpuSeconds: secondsOf(process.threadCpuUsage()) - loadedThreadSeconds,
  peakRssBytes: maxRSS * 1024,
  rssBytes,
});

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}
