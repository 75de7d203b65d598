import type { SourceRow } from '../kql/scope.ts';

/** Whether each feed has caught up, or is not licensed, by its latest Health row; those that are simulated do not count. */
export function areFeedsCaughtUp(health: Iterable<SourceRow>, feeds: readonly string[]): boolean {
  const latest = new Map<unknown, SourceRow['row']>();
  for (const { row } of health) if (row['Message'] !== 'simulated') latest.set(row['Feed'], row);
  return feeds.every((feed) => {
    const row = latest.get(feed);
    return row !== undefined && (row['CaughtUp'] === true || row['Fault'] === 'denied');
  });
}
