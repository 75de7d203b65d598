/** The analytics rules that the story's attacks are meant to set off. */
export const ruleNames = {
  ttpAttachment: 'Mimecast Targeted Threat Protection - Attachment Protect',
  ttpImpersonation: 'Mimecast Targeted Threat Protection - Impersonation Protect',
  ttpUrl: 'Mimecast Targeted Threat Protection - URL Protect',
  audit: 'Mimecast Audit - Logon Authentication Failed',
  segAttachment: 'Mimecast Secure Email Gateway - Attachment Protect',
  segAv: 'Mimecast Secure Email Gateway - AV',
  segImpersonation: 'Mimecast Secure Email Gateway - Impersonation Protect',
  segInternal: 'Mimecast Secure Email Gateway - Internal Email Protect',
  segSpam: 'Mimecast Secure Email Gateway - Spam Event Thread',
  segUrl: 'Mimecast Secure Email Gateway - URL Protect',
  segVirus: 'Mimecast Secure Email Gateway - Virus',
  dlpHold: 'Mimecast Data Leak Prevention - Hold',
  dlpNotifications: 'Mimecast Data Leak Prevention - Notifications',
} as const;

export type RuleName = (typeof ruleNames)[keyof typeof ruleNames];
