/** What connectors are called by people. */
const connectorTitles: Readonly<Record<string, string>> = {
  Audit: 'Audit',
  Seg: 'Secure Email Gateway',
  Ttp: 'Targeted Threat Protection',
  Awareness: 'Awareness Training',
  CloudIntegrated: 'Cloud Integrated',
};

/** What a connector is called by people; its own name where they have none. */
export function connectorTitle(name: string): string {
  return connectorTitles[name] ?? name;
}

/** The columns of a table that tell its rows apart, most telling first. */
const keyColumns: Readonly<Record<string, readonly string[]>> = {
  Audit_CL: ['auditType', 'user', 'eventInfo', 'category'],
  Seg_Cg_CL: ['Logtype', 'senderEnvelope', 'recipients', 'subject', 'action'],
  Seg_Dlp_CL: ['action', 'senderAddress', 'recipientAddress', 'subject', 'policy'],
  Ttp_Url_CL: ['action', 'userEmailAddress', 'url', 'scanResult', 'subject'],
  Ttp_Attachment_CL: ['result', 'senderAddress', 'recipientAddress', 'fileName', 'subject'],
  Ttp_Impersonation_CL: ['action', 'senderAddress', 'recipientAddress', 'subject', 'definition'],
  Awareness_Performance_Details_CL: ['email', 'name', 'department', 'numCorrect', 'numIncorrect'],
  Awareness_SafeScore_Details_CL: ['emailAddress', 'name', 'department', 'risk', 'humanError'],
  Awareness_Watchlist_Details_CL: ['email', 'name', 'department', 'watchlistCount'],
  Awareness_User_Data_CL: ['email', 'campaignName', 'status', 'templateName', 'department'],
  Cloud_Integrated_CL: ['subtype', 'senderEnvelope', 'recipients', 'subject', 'threatState'],
  Mimecast_Health_CL: ['Feed', 'RowsSent', 'CaughtUp', 'Fault', 'Message'],
  Mimecast_Rejected_CL: ['Feed', 'Reason', 'Source', 'RawText'],
};

const wideColumns: ReadonlySet<string> = new Set(['eventInfo', 'subject', 'url', 'Message', 'Source', 'RawText']);
const narrowColumns: ReadonlySet<string> = new Set(
  'Logtype action result scanResult CaughtUp RowsSent risk numCorrect numIncorrect watchlistCount'.split(' '),
);

/** How much room a column's texts take. */
export function widthOf(column: string): 'narrow' | 'usual' | 'wide' {
  return wideColumns.has(column) ? 'wide' : narrowColumns.has(column) ? 'narrow' : 'usual';
}

/** The columns by which a table's rows are listed. */
export function keyColumnsOf(table: string): readonly string[] {
  return keyColumns[table] ?? [];
}
