import { table } from './table.ts';

/** How each user answered the training videos, day by day. */
export const awarenessPerformanceDetails = table('Awareness_Performance_Details_CL', {
  email: 'string',
  name: 'string',
  department: 'string',
  userState: 'string',
  userId: 'string',
  numCorrect: 'real',
  numIncorrect: 'real',
  numNotWatched: 'real',
  userDetails: 'dynamic',
});
