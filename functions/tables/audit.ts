import { table } from './table.ts';

/** Audit events: who did what in the Mimecast administration. */
export const audit = table('Audit_CL', {
  SourceId: 'string',
  auditType: 'string',
  user: 'string',
  eventTime: 'dateTime',
  eventInfo: 'string',
  category: 'string',
});
