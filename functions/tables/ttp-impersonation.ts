import { table } from './table.ts';

/** Messages that Impersonation Protect found suspicious, and by what. */
export const ttpImpersonation = table('Ttp_Impersonation_CL', {
  SourceId: 'string',
  senderAddress: 'string',
  recipientAddress: 'string',
  subject: 'string',
  definition: 'string',
  hits: 'real',
  identifiers: 'dynamic',
  action: 'string',
  taggedExternal: 'boolean',
  taggedMalicious: 'boolean',
  senderIpAddress: 'string',
  eventTime: 'dateTime',
  impersonationResults: 'string',
  messageId: 'string',
});
