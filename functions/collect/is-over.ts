import type { Run } from './ports.ts';

/** Whether a run has to stop reading: its deadline has come, or the app stops. */
export function isOver(run: Pick<Run, 'clock' | 'deadline' | 'stop'>): boolean {
  return run.stop.aborted || run.clock.now() >= run.deadline;
}
