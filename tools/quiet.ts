import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { type Counts, graveOf, quietAlerts, type QuietRule, sumOf, together } from '../local/quiet-tenant.ts';
import { readContent } from '../local/sentinel/content/read-files.ts';
import { bindContent } from '../local/sentinel/rules/replay.ts';

/** The page with what the rules raise where nothing is wrong. */
const file = new URL('../docs/rules-quiet.md', import.meta.url);

const seeds = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];
const users = 100;
const now = Date.parse('2026-11-20T12:05:00Z');

const { values } = parseArgs({ options: { days: { type: 'string', default: '3' } } });
const days = Number(values.days);
const userDays = (users * days) / 1000;

/** Alerts for 1,000 people and a day. @param count of how many seeds together */
function rate(count: number, of = seeds.length): string {
  return (count / (userDays * of)).toFixed(2);
}

function cells({ High, Medium, Low, Informational }: Counts): readonly string[] {
  return [High, Medium, Low, Informational].map((count) => rate(count));
}

function row(...texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function page(told: readonly (readonly QuietRule[])[]): string {
  const names = told[0]?.map(({ rule }) => rule) ?? [];
  const sumsOf = (kind: 'shipped' | 'alone' | 'old', rule?: string): Counts =>
    together(
      told.flatMap((rules) => rules.filter((each) => (rule ?? each.rule) === each.rule).map((each) => each[kind])),
    );
  const line = (title: string, rule?: string): string =>
    row(
      title,
      ...cells(sumsOf('shipped', rule)),
      `**${rate(sumOf(sumsOf('shipped', rule)))}**`,
      rate(sumOf(sumsOf('alone', rule))),
      rate(graveOf(sumsOf('old', rule))),
      rate(sumOf(sumsOf('old', rule))),
    );
  const worst = Math.max(...told.map((rules) => rules.reduce((sum, { shipped }) => sum + sumOf(shipped), 0)));
  return `# What the rules raise where nothing is wrong

This page is written by \`npm run quiet\`. It plays the rules over ${days} ordinary days of a simulated company of ${users} people in which
nobody attacks, ten times over (seeds ${seeds[0]}–${seeds.at(-1)}; nothing was tuned on them), and gives alerts for 1,000 people and a day.

Beside it stands what the logic of solution 3.1 raises on the same rows, re-created from its description: each rule looks at what
arrived since its last run.

"Alone" is the same with the feeds of Targeted Threat Protection missing: then three rules on the gateway speak for them.

| rule | High | Medium | Low | Informational | all | alone, all | 3.1, Medium or High | 3.1, all |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
${[...names.map((name) => line(name, name)), line('**all rules**')].join('\n')}

The companies are invented, and so is what is ordinary in them: a real one has oddities that nobody thought of.
The worst of the ten companies comes to ${rate(worst, 1)} alerts for 1,000 people and a day.
What is wanted: 2 alerts of Medium or High at most, 10 in all, 3 of each rule, and none above Low for what does no harm.
`;
}

const content = bindContent(readContent());
const told = seeds.map((seed) => {
  const found = quietAlerts({ seed, now, days, users }, content);
  process.stderr.write(`seed ${seed}: ${found.reduce((sum, { shipped }) => sum + sumOf(shipped), 0)} alerts\n`);
  return found;
});
writeFileSync(file, await format(page(told), { parser: 'markdown', printWidth: 140 }));
