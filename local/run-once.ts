import { fillStory } from './mimecast/story/fill-story.ts';
import { collectOnce, type OnceReport } from './once.ts';
import type { Options } from './options.ts';
import { tenantFrom } from './server/saved-tenant.ts';

/**
 * `npm start -- --once`: collects in memory and prints a report, with progress on standard error.
 * @param folder where the built app is @throws Error when a function fails or does not catch up
 */
export async function runOnce(folder: string, { json, tenant, realMimecast }: Options): Promise<void> {
  const report = await collectOnce({
    folder,
    simulated: { ...tenantFrom(tenant), fill: fillStory },
    realMimecast,
    onProgress: json ? () => undefined : (line) => void process.stderr.write(`${line}\n`),
  });
  const { ledger: _, ...counts } = report;
  process.stdout.write(json ? `${JSON.stringify(counts)}\n` : readable(report));
}

function readable({ ledger, tables, alerts, rejected, lost, seconds }: OnceReport): string {
  const cells = (...[table, ...numbers]: readonly string[]) =>
    [table?.padEnd(34), ...numbers.map((each) => each.padStart(8))].join(' ');
  const simulated = ledger.map(({ table, served, rows, lost: missing }) =>
    cells(table, String(served), String(rows), String(missing)),
  );
  const real = Object.entries(tables).map(([table, rows]) => cells(table, String(rows)));
  const lines =
    lost === null ? [cells('table', 'rows'), ...real] : [cells('table', 'served', 'rows', 'lost'), ...simulated];
  const raised = Object.entries(alerts).map(([rule, count]) => `${rule.padEnd(60)} ${String(count).padStart(8)}`);
  return `${lines.join('\n')}\n\nalerts by rule\n${raised.join('\n')}\n\n${rejected} rejected${lost === null ? '' : `, ${lost} lost`}, ${seconds} s.\n`;
}
