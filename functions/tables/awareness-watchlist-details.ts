import { table } from './table.ts';

/** The users on the watchlist, day by day. */
export const awarenessWatchlistDetails = table('Awareness_Watchlist_Details_CL', {
  email: 'string',
  name: 'string',
  department: 'string',
  userState: 'string',
  userId: 'string',
  watchlistCount: 'real',
});
