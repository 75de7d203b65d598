import { h } from 'preact';
import { queryHref } from '../kql/time.ts';
import { type Traced, traceQuery, tracedText } from './trace.ts';

/** The span of time in which something is looked for, epoch milliseconds. */
export interface TraceSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const words = {
  address: 'the address',
  ip: 'the IP address',
  hash: 'the file',
  url: 'the URL',
  message: 'the message',
} as const;

/** A link to the query that follows something through the tables. */
export function TraceLink({ traced, span }: { readonly traced: Traced; readonly span: TraceSpan }) {
  const href = queryHref({ query: traceQuery(traced), time: span });
  return h(
    'a',
    { class: 'trace', href, 'data-trace': traced.kind, 'aria-label': `Trace ${words[traced.kind]} ${traced.value}` },
    'Trace',
  );
}

/** A text, with a link that traces it where it is something to be traced. */
export function TracedText({ text, span }: { readonly text: string; readonly span: TraceSpan }) {
  const traced = tracedText(text);
  return h('span', { class: 'value', dir: 'auto' }, text, ' ', traced ? h(TraceLink, { traced, span }) : null);
}
