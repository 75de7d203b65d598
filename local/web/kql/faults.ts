import { h } from 'preact';
import type { QueryProblem } from '../../sentinel/query/query.ts';

/** What is wrong with a query: the place is counted from 1. */
export interface ShownFault extends QueryProblem {
  readonly isError: boolean;
}

interface Props {
  readonly faults: readonly ShownFault[];
  readonly onGo: (line: number, column: number) => void;
}

/** What is wrong, each with its line and column, which lead there. */
export function Faults({ faults, onGo }: Props) {
  return h(
    'ul',
    { id: 'query-faults', class: 'faults', 'aria-live': 'polite' },
    faults.map(({ problem, line, column, isError }) =>
      h(
        'li',
        { key: `${line} ${column} ${problem}`, class: isError ? 'banner bad' : 'banner warn' },
        line === undefined || column === undefined
          ? null
          : h(
              'button',
              { type: 'button', class: 'plain', onClick: () => onGo(line, column) },
              `Line ${line}, column ${column}`,
            ),
        h('span', { dir: 'auto' }, problem),
      ),
    ),
  );
}
