import { parseNcrontab } from './ncrontab.ts';
import type { Environment } from '../settings.ts';

/** A timer as it is registered; `problem` is what each of its runs must fail with, since a schedule cannot be refused at load. */
export interface TimerSchedule<C> {
  readonly connector: C;
  readonly schedule: string;
  readonly problem?: string | undefined;
}

interface Scheduled {
  readonly scheduleSetting: string;
  readonly schedule: string;
}

/** The schedule of each connector: what its setting says, else its default. */
export function readSchedules<C extends Scheduled>(
  environment: Environment,
  connectors: readonly C[],
): readonly TimerSchedule<C>[] {
  return connectors.map((connector) => {
    const text = environment[connector.scheduleSetting]?.trim();
    if (text === undefined) return { connector, schedule: connector.schedule };
    const problem = problemOf(text);
    if (problem === undefined) return { connector, schedule: text };
    const advice = `set it to six NCRONTAB fields such as ${connector.schedule}, or remove it for this default, which is in use`;
    return { connector, schedule: connector.schedule, problem: `${connector.scheduleSetting} ${problem}: ${advice}` };
  });
}

function problemOf(text: string): string | undefined {
  if (text === '') return 'is blank';
  try {
    parseNcrontab(text);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return `is malformed (${error.message})`;
    throw error;
  }
}
