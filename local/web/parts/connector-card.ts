import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { Level } from '../../server/condition.ts';
import type { FeedRun } from '../../server/feed-run.ts';
import type { ShownConnector, ShownFeed } from '../../server/overview.ts';
import { runConnector } from '../api.ts';
import { agoText, clockText, countText, durationText } from '../format.ts';
import { connectorTitle } from '../names.ts';
import { hrefOf } from '../route.ts';
import { Badge } from './badge.ts';

/** A connector: how it is, when it runs, its feeds, and a button to run it now. */
export function ConnectorCard({ connector, now }: { readonly connector: ShownConnector; readonly now: number }) {
  const { name, isOn, runningSince, feeds, failure } = connector;
  const [trouble, setTrouble] = useState('');
  const isRunning = runningSince !== undefined;
  const run = () =>
    void runConnector(name).then(
      () => setTrouble(''),
      (error: Error) => setTrouble(error.message),
    );
  const title = connectorTitle(name);
  return h(
    'article',
    { class: 'card connector', 'data-connector': name, 'aria-labelledby': `connector-${name}` },
    h(
      'div',
      { class: 'connector-head' },
      h('h3', { id: `connector-${name}` }, title),
      h(Badge, isOn ? badgeOf(connector) : { level: 'unknown', text: 'Off' }),
      h(
        'button',
        { type: 'button', disabled: isRunning || !isOn, onClick: run, 'aria-label': `Run ${title} now` },
        isRunning ? 'Running …' : 'Run now',
      ),
    ),
    h('p', { class: 'muted' }, isOn ? whenText(connector, now) : 'The setting CONNECTORS leaves it out.'),
    trouble === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, trouble),
    failure === undefined ? null : h('p', { class: 'said attention', dir: 'auto' }, failure),
    h(
      'ul',
      { class: 'feeds' },
      feeds.map((feed) => h(FeedLine, { key: feed.name, feed, now })),
    ),
  );
}

const worstFirst: readonly Level[] = ['attention', 'waits', 'behind', 'unknown', 'good'];
const levelTexts = {
  attention: 'Needs attention',
  waits: 'Waits, goes on by itself',
  behind: 'Catching up',
  unknown: 'Has not run yet',
  good: 'Caught up',
} as const satisfies Record<Level, string>;

function badgeOf({ feeds, failure }: ShownConnector) {
  const found = worstFirst.find((each) => feeds.some(({ level }) => level === each)) ?? 'unknown';
  const level = failure === undefined ? found : 'attention';
  return { level, text: levelTexts[level] };
}

function whenText({ runningSince, nextAt, schedule }: ShownConnector, now: number): string {
  if (runningSince !== undefined) return `Running for ${durationText((now - runningSince) / 1000)}.`;
  if (nextAt === undefined) return schedule === undefined ? 'The host has not loaded it yet.' : 'About to run.';
  return `Runs next at ${clockText(nextAt)} UTC, in ${durationText((nextAt - now) / 1000)}.`;
}

function FeedLine({ feed, now }: { readonly feed: ShownFeed; readonly now: number }) {
  const { name, table, rows, lastRun, lagSeconds, level, says, advice } = feed;
  const isWell = level === 'good' || level === 'unknown';
  const lag = lagSeconds === undefined ? '' : ` Lag ${durationText(lagSeconds)}.`;
  const last = lastRun ? `${agoText(lastRun.ended, now)}: ${didText(lastRun)}.${lag}` : says;
  return h(
    'li',
    { 'data-feed': name },
    h(
      'div',
      { class: 'feed-head' },
      h('a', { href: hrefOf('tables', { table }) }, name),
      h('span', { class: 'muted rows-so-far' }, countText(rows, 'row')),
      isWell ? null : h(Badge, { level, text: says }),
    ),
    h('p', { class: 'muted' }, last),
    isWell || advice === '' ? null : h('p', { class: `said ${level}` }, advice),
    lastRun?.message
      ? h('details', { class: 'message' }, h('summary', null, 'What it said'), h('p', { dir: 'auto' }, lastRun.message))
      : null,
  );
}

function didText({ rowsSent, rejected }: FeedRun): string {
  const sent = rowsSent === 0 ? 'nothing new' : `${countText(rowsSent, 'row')} sent`;
  return rejected === 0 ? sent : `${sent}, ${countText(rejected, 'line')} rejected`;
}
