import type { Overview, ShownLedgerLine } from '../server/overview.ts';

/** The sums of the loss ledger; null where nobody knows. */
export type Totals = Omit<ShownLedgerLine, 'feed' | 'table'>;

/** Adds the ledger's lines up. */
export function totalsOf({ ledger }: Overview): Totals {
  const sum = (key: keyof Totals): number => ledger.reduce((total, line) => total + (line[key] ?? 0), 0);
  const isKnown = ledger.every(({ lost }) => lost !== null);
  const known = (key: keyof Totals): number | null => (isKnown ? sum(key) : null);
  return {
    served: known('served'),
    landed: known('landed'),
    waiting: known('waiting'),
    lost: known('lost'),
    rejected: sum('rejected'),
    repeated: sum('repeated'),
    rows: sum('rows'),
  };
}
