import type { ConnectorError } from './fault.ts';
import type { Feed } from './feed.ts';
import { type ConnectorRun, type Outcome, type World, runFeed } from './run-feed.ts';

/**
 * Runs a connector's feeds side by side under one deadline; one's failure never stops another's.
 * @throws AggregateError after all have ended, when a setting, a credential or the checkpoint store is wrong or a reply
 * was malformed; not for a product without licence, nor for what the next run tries again by itself
 */
export async function runConnector(feeds: readonly Feed[], world: World, run: ConnectorRun): Promise<void> {
  const outcomes = await Promise.all(feeds.map((feed) => runFeed(feed, world, run)));
  const failed = outcomes.filter(needsSomebody);
  if (failed.length === 0) return;
  const messages = failed.map(({ feed, error }) => `${feed}: ${error.message}`);
  throw new AggregateError(
    failed.map(({ error }) => error),
    `${run.connector} needs attention. ${messages.join(' ')}`,
  );
}

function needsSomebody(outcome: Outcome): outcome is Outcome & { error: ConnectorError } {
  const { error } = outcome;
  return error?.fault === 'malformed' || (error?.fault === 'denied' && error.code !== 'app_forbidden');
}
