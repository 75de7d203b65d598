import type { FeedRun } from './feed-run.ts';

/** How a feed is: `waits` comes right by itself, `attention` needs somebody. */
export type Level = 'unknown' | 'good' | 'behind' | 'waits' | 'attention';

/** How a feed is, in plain words, and what to do about it; empty when there is nothing to do. */
export interface Condition {
  readonly level: Level;
  readonly says: string;
  readonly advice: string;
}

const faults: Readonly<Record<string, Condition>> = {
  throttled: {
    level: 'waits',
    says: 'Mimecast’s request quota is used up.',
    advice:
      'Nothing to do: the next run goes on where this one stopped. If it lasts for hours, see whether another application shares the quota.',
  },
  unavailable: {
    level: 'waits',
    says: 'A service did not answer.',
    advice:
      'Nothing to do: the next run tries again, and nothing is skipped. If it lasts, look at the status page of the service that the message names.',
  },
  expired: {
    level: 'waits',
    says: 'A cursor or a file could not be used.',
    advice:
      'Nothing to do: it is read again. A file that stays unreadable in three runs over 30 minutes is named in Rejected, and reading goes on.',
  },
  superseded: {
    level: 'waits',
    says: 'Another run holds this feed.',
    advice: 'Nothing to do: a run that was killed holds its feed until its lease ends; then the next run goes on.',
  },
  denied: {
    level: 'attention',
    says: 'Access is refused, or a setting is wrong.',
    advice: 'Grant or correct what the message names; the feed then goes on by itself.',
  },
  malformed: {
    level: 'attention',
    says: 'A reply is not what its documentation says.',
    advice: 'Keep the message: the feed tries again at every run, but somebody has to look at the reply.',
  },
};

/** How a feed is after its latest run. */
export function conditionOf(run: FeedRun | undefined): Condition {
  if (!run) return { level: 'unknown', says: 'It has not run yet.', advice: '' };
  if (run.fault !== '') {
    const unknown = { level: 'attention', says: `It stopped: ${run.fault}.`, advice: 'See its message.' } as const;
    return faults[run.fault] ?? unknown;
  }
  if (run.caughtUp) return { level: 'good', says: 'It has read all there is.', advice: '' };
  const advice = 'Nothing to do: the next run goes on from here.';
  return { level: 'behind', says: 'It has more to read than one run takes.', advice };
}
