import { refuse } from '../refusal.ts';
import type { Builtins } from './builtin.ts';

/** The hidden column of a table that holds when a row arrived. */
export const arrivalColumn = '$arrival';

export const arrivalTime: Builtins = {
  /** When a row arrived; it must be taken straight from a table. */
  ingestion_time: (_given, { columns }) => {
    const index = columns.findIndex(({ name }) => name === arrivalColumn);
    return {
      type: 'datetime',
      isConstant: false,
      of: (row) => (index < 0 ? refuse('ingestion_time() other than on the rows of a table') : (row[index] ?? null)),
    };
  },
};
