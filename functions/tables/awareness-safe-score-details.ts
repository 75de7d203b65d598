import { table } from './table.ts';

/** The SAFE score grades of each user, day by day. */
export const awarenessSafeScoreDetails = table('Awareness_SafeScore_Details_CL', {
  emailAddress: 'string',
  name: 'string',
  department: 'string',
  risk: 'string',
  humanError: 'string',
  sentiment: 'string',
  engagement: 'string',
  knowledge: 'string',
  userState: 'string',
});
