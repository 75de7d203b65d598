import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { feeds } from '../functions/feeds/index.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import { writtenStory } from '../local/mimecast/story/story-text.ts';
import { storyRows } from '../local/story-rows.ts';

/** The page with the table of volumes. */
export const costFile = new URL('../docs/cost.md', import.meta.url);

const people = 1000;
const megabyte = 1e6;
const begin = '<!-- written by npm run volume -->';
const end = '<!-- end of what is written -->';

/**
 * How much each feed's table takes for 1,000 users and a day, going by the simulated company.
 * A row counts as the text of its cells: https://learn.microsoft.com/azure/azure-monitor/logs/cost-logs#data-size-calculation
 */
export function volumeTable(): string {
  const { users, days } = writtenStory;
  const rowsOf = storyRows(writtenStory);
  const volumes = feeds.map(({ table, source }) => {
    const rows = rowsOf.get(table.name) ?? [];
    // The story has one snapshot, and a connector takes one a day.
    const times = people / users / (source.kind === 'snapshot' ? 1 : days);
    const bytes = rows.reduce((sum, { row }) => sum + bytesOf(row), 0);
    return { name: `\`${table.name}\``, rows: rows.length * times, bytes: bytes * times };
  });
  const total = {
    name: 'all',
    rows: volumes.reduce((sum, { rows }) => sum + rows, 0),
    bytes: volumes.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  const lines = [...volumes, total].map(
    ({ name, rows, bytes }) =>
      `| ${name} | ${grouped(rows)} | ${grouped(bytes / rows)} | ${(bytes / megabyte).toFixed(2)} |`,
  );
  return ['| table | rows a day | bytes a row | MB a day |', '| --- | --: | --: | --: |', ...lines].join('\n');
}

function bytesOf(row: JsonObject): number {
  const texts = Object.values(row).map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell ?? '')));
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function grouped(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

/** The page with its table as it is now. @throws Error when the page has lost the table's place */
export async function costPage(): Promise<string> {
  const text = readFileSync(costFile, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/cost.md needs the lines "${begin}" and "${end}".`);
  const page = `${text.slice(0, from + begin.length)}\n\n${volumeTable()}\n\n${text.slice(to)}`;
  return format(page, { parser: 'markdown' });
}

if (import.meta.main) writeFileSync(costFile, await costPage());
