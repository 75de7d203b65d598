import { table } from './table.ts';

/** URLs that URL Protect scanned or a user clicked. */
export const ttpUrl = table('Ttp_Url_CL', {
  userEmailAddress: 'string',
  fromUserEmailAddress: 'string',
  url: 'string',
  ttpDefinition: 'string',
  subject: 'string',
  action: 'string',
  adminOverride: 'string',
  userOverride: 'string',
  scanResult: 'string',
  Category: 'string',
  sendingIp: 'string',
  userAwarenessAction: 'string',
  Date: 'string',
  actions: 'dynamic',
  route: 'string',
  creationMethod: 'string',
  emailPartsDescription: 'dynamic',
  messageId: 'string',
  tagMap: 'dynamic',
  advancedPhishingResult: 'dynamic',
});
