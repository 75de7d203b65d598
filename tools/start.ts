import './check-node.cjs';
import { join } from 'node:path';

/**
 * `npm start`: a simulated Mimecast tenant (the real one when MIMECAST_CLIENT_ID and MIMECAST_CLIENT_SECRET are set), the
 * built app and a local Sentinel, with a page to watch them; `--once` collects in memory, reports and ends.
 */
try {
  const { readOptions, usage } = await import('../local/options.ts');
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) process.stdout.write(`${usage}\n`);
  else if (options.once) await (await import('../local/run-once.ts')).runOnce(await builtApp(), options);
  else await (await import('../local/run-until-stopped.ts')).runUntilStopped(builtApp, options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // Servers may still be open.
  process.exit(1);
}

/** Builds the app. @returns where it is */
async function builtApp(): Promise<string> {
  const folder = join(import.meta.dirname, '..', 'dist');
  const { build } = await import('./build.ts');
  const { writeRefusal } = await import('../local/write-refusal.ts');
  try {
    await build(folder);
    return folder;
  } catch (error) {
    throw writeRefusal(folder, error);
  }
}
