/** Functions that look at other rows than their own, and so need an order. */
export const windowFunctions = [
  'prev',
  'next',
  'row_number',
  'row_cumsum',
  'row_rank_dense',
  'row_rank_min',
  'row_window_session',
] as const;
