import type { BatchFile } from './mimecast/batch-files.ts';
import { plainEvents } from './mimecast/plain-events.ts';
import type { Tenant } from './mimecast/tenant.ts';

/**
 * Cloud Gateway files that are added out of turn, to make trouble with: mail to wait for, a file that will be unreadable, one
 * with broken lines, or so many that a run takes a while. `number` tells them apart, `at` is when they were added (epoch milliseconds).
 */
export interface Extra {
  readonly kind: 'mail' | 'deadFile' | 'brokenLines' | 'backlog';
  readonly number: number;
  readonly at: number;
}

const minuteMs = 60_000;
const mailEvents = 150;
const deadFileEvents = 25;
const backlogFiles = 12;
const backlogEventsPerFile = 250;

/** Adds the files, the same ones for the same extra and seed. @returns their names */
export function addExtra(tenant: Tenant, seed: number, extra: Extra): readonly string[] {
  return filesOf(seed, extra).map((file) => tenant.addFile('SegCg', { ...file, availableAt: extra.at }));
}

function filesOf(seed: number, { kind, number, at }: Extra): readonly BatchFile[] {
  const events = (count: number, part = 0) =>
    plainEvents('SegCg', {
      seed: `${seed} extra ${number} ${part}`,
      count,
      from: at - 10 * minuteMs,
      to: at - minuteMs,
    });
  switch (kind) {
    case 'mail':
      return [{ events: events(mailEvents) }];
    case 'deadFile':
      return [{ events: events(deadFileEvents) }];
    case 'brokenLines':
      return [
        {
          lines: brokenLines(
            number,
            events(2).map((event) => JSON.stringify(event)),
          ),
        },
      ];
    case 'backlog':
      return Array.from({ length: backlogFiles }, (_, part) => ({ events: events(backlogEventsPerFile, part) }));
  }
}

/** Whole lines with broken ones among them, which differ from extra to extra. */
function brokenLines(number: number, [first = '', second = '']: readonly string[]): readonly string[] {
  const markup = `<img src=x onerror="document.title='run'">`;
  return [
    first,
    `{"processingId":"cut-${number}","subject":"This line ends too ea`,
    `["no object", ${number}, ${JSON.stringify(markup)}]`,
    second,
    `line ${number} is no JSON at all: ${markup}`,
  ];
}
