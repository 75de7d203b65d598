/** What a switch is called, what it does, and what to expect while it is on. */
export interface SwitchText {
  readonly title: string;
  readonly does: string;
  readonly expect: string;
  /** Where the trouble is: at the simulated tenant, or on this side of it. */
  readonly at: 'tenant' | 'azure';
  /** Whether it stays on until it is switched off, or happens once. */
  readonly stays: boolean;
}

/** The switches that make trouble, in the order they are shown. */
export const switchTexts = {
  throttle: {
    title: 'Throttle: 429 at Mimecast',
    does: 'Every request to the Mimecast API is answered with 429, try again in 5 seconds.',
    expect:
      'Runs wait as told, until their deadline at most. 150 new mail events, and all that happens, pile up under Waiting. Switched off, they land within a run; lost stays 0.',
    at: 'tenant',
    stays: true,
  },
  outage: {
    title: 'Outage: Mimecast is down',
    does: 'Every request to Mimecast, its files included, is answered with 503.',
    expect:
      'Runs try four times and stop as unavailable; their cursors stay where they are, and 150 new mail events wait. Switched off, the next run reads them; lost stays 0.',
    at: 'tenant',
    stays: true,
  },
  deadFile: {
    title: 'Dead file: one file cannot be read',
    does: 'A new file of 25 mail events is listed, but its link answers 404.',
    expect:
      'The other files of its listing land; this one and newer ones wait. Switched off, it is read. Left on, three runs over 30 minutes give it up: its name goes to Rejected, and reading goes on.',
    at: 'tenant',
    stays: true,
  },
  brokenLines: {
    title: 'Broken lines in a file',
    does: 'A file with two good lines and three that cannot be read is listed.',
    expect: 'Two rows land, three lines go to Rejected with the reason and their text; the file counts as read.',
    at: 'tenant',
    stays: false,
  },
  refuseRows: {
    title: 'Sentinel refuses rows',
    does: 'Every call to Logs Ingestion is answered with 503, Health rows included.',
    expect:
      'Runs try four times and stop; no cursor moves, and 150 new mail events wait. Switched off, the next run sends everything again from the last cursor, and the Health rows that were kept; lost stays 0.',
    at: 'azure',
    stays: true,
  },
  killHost: {
    title: 'Kill the host in mid-run',
    does: 'Runs Seg, with 3,000 new mail events in a simulated tenant, and kills its process (SIGKILL) once the first rows have arrived.',
    expect:
      'The host starts again at once. The killed run still holds its feeds until its lease ends; then they go on. Rows that no saved cursor covered come twice (Repeated, the same EventId); lost stays 0.',
    at: 'azure',
    stays: false,
  },
} as const satisfies Readonly<Record<string, SwitchText>>;

export type SwitchName = keyof typeof switchTexts;

/** Whether there is a switch of that name. */
export function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(switchTexts, name);
}
