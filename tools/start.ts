import { parseArgs } from 'node:util';
import { collectOnce, type OnceReport } from '../local/once.ts';
import { build } from './build.ts';

/** `npm start`: takes a simulated Mimecast tenant through the built app into the tables of a local Sentinel. */
const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    days: { type: 'string', default: '14' },
    seed: { type: 'string', default: '1' },
  },
});
const progress = (line: string) => void process.stderr.write(`${line}\n`);

await build();
const report = await collectOnce({
  folder: 'dist',
  days: Number(values.days),
  seed: Number(values.seed),
  perDay: 3000,
  onProgress: values.json ? () => {} : progress,
});
const { ledger: _, ...json } = report;
process.stdout.write(values.json ? `${JSON.stringify(json)}\n` : readable(report));

function readable({ ledger, rejected, lost, seconds }: OnceReport): string {
  const lines = ledger.map(
    ({ table, served, rows, lost: missing }) =>
      `${table.padEnd(36)} ${String(served).padStart(8)} ${String(rows).padStart(8)} ${String(missing).padStart(6)}`,
  );
  const head = `${'table'.padEnd(36)} ${'served'.padStart(8)} ${'rows'.padStart(8)} ${'lost'.padStart(6)}`;
  return `${[head, ...lines].join('\n')}\n\n${rejected} rejected, ${lost} lost, ${seconds} s.\n`;
}
