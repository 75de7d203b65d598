import { parseArgs } from 'node:util';
import { type OnceReport, collectOnce } from '../local/once.ts';
import { build } from './build.ts';

/**
 * `npm start -- --once [--json]`: takes a simulated Mimecast tenant through the built app into the tables of a local
 * Sentinel; the real one when MIMECAST_CLIENT_ID and MIMECAST_CLIENT_SECRET are set.
 */
const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    days: { type: 'string', default: '14' },
    seed: { type: 'string', default: '1' },
  },
});

try {
  await build();
  const report = await collectOnce({
    folder: 'dist',
    simulated: { days: wholeNumber('days', values.days), seed: wholeNumber('seed', values.seed), perDay: 3000 },
    realMimecast: realMimecast(),
    onProgress: values.json ? () => {} : (line) => void process.stderr.write(`${line}\n`),
  });
  const { ledger: _, ...json } = report;
  process.stdout.write(values.json ? `${JSON.stringify(json)}\n` : readable(report));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Error(`--${option} is ${text}: give a whole number from 1 on.`);
}

/** The settings that name a real Mimecast application, as they are in the environment; undefined when there is none. */
function realMimecast(): Readonly<Record<string, string>> | undefined {
  const names = ['MIMECAST_CLIENT_ID', 'MIMECAST_CLIENT_SECRET', 'MIMECAST_BASE_URL', 'START_DATE', 'CONNECTORS'];
  const found = Object.fromEntries(
    names.map((name) => [name, process.env[name] ?? '']).filter(([, value]) => value !== ''),
  );
  return found['MIMECAST_CLIENT_ID'] && found['MIMECAST_CLIENT_SECRET'] ? found : undefined;
}

function readable({ ledger, tables, rejected, lost, seconds }: OnceReport): string {
  const cells = (...[table, ...numbers]: readonly string[]) =>
    [table?.padEnd(34), ...numbers.map((each) => each.padStart(8))].join(' ');
  const simulated = ledger.map(({ table, served, rows, lost: missing }) =>
    cells(table, String(served), String(rows), String(missing)),
  );
  const real = Object.entries(tables).map(([table, rows]) => cells(table, String(rows)));
  const lines =
    lost === null ? [cells('table', 'rows'), ...real] : [cells('table', 'served', 'rows', 'lost'), ...simulated];
  return `${lines.join('\n')}\n\n${rejected} rejected${lost === null ? '' : `, ${lost} lost`}, ${seconds} s.\n`;
}
