import { conditionOf } from './condition.ts';
import type { FeedRun } from './feed-run.ts';

const count = new Intl.NumberFormat('en');

/** A line for the terminal: which feed, what it did, and why it stopped if it did. */
export function runLine(run: FeedRun): string {
  const { feed, rowsSent, rejected, fault, message } = run;
  const did = rowsSent === 0 ? 'nothing new' : `${count.format(rowsSent)} ${rowsSent === 1 ? 'row' : 'rows'} sent`;
  const refused = rejected === 0 ? '' : `, ${count.format(rejected)} rejected`;
  const end = fault === '' ? (run.caughtUp ? 'caught up' : 'more to come') : `stopped (${fault})`;
  const said = [fault === '' ? '' : conditionOf(run).says, message].filter(Boolean).join(' ');
  return `${feed.padEnd(27)} ${did}${refused}, ${end}${said === '' ? '.' : `: ${oneLine(said)}`}`;
}

// What the terminal would take for a command does not belong into it.
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
