/** A query to begin with. */
export interface Example {
  readonly title: string;
  readonly query: string;
}

/** Queries that an analyst asks, over the parsers. */
export const examples: readonly Example[] = [
  { title: 'Gateway events by type', query: 'MimecastCG | summarize count() by Type' },
  {
    title: 'Malicious clicks that were let through',
    query: `MimecastTTPUrl
| where ['Scan Result'] =~ 'malicious' and Action =~ 'allow'
| project TimeGenerated, ['User Email Address'], Url, ['User Awareness Action']
| order by TimeGenerated desc`,
  },
  {
    title: 'Failed logons by hour',
    query: `MimecastAudit
| where ['Audit Type'] == 'Logon Authentication Failed'
| summarize Failures = count() by bin(TimeGenerated, 1h)
| render timechart`,
  },
  {
    title: 'Who sends most to outside',
    query: `MimecastCG
| where Type == 'email_receipt' and Direction =~ 'Outbound'
| summarize Messages = count() by ['Sender Envelope']
| top 10 by Messages
| render barchart`,
  },
  {
    title: 'One message from receipt to delivery',
    query: `let message = toscalar(MimecastCG | where Type == 'email_delivery' | summarize take_any(['Aggregate ID']));
MimecastCG
| where ['Aggregate ID'] == message
| project TimeGenerated, Type, ['Sender Envelope'], Recipients, Subject, Action
| order by TimeGenerated asc`,
  },
  {
    title: 'What the rules raised',
    query: `SecurityAlert
| summarize arg_max(TimeGenerated, AlertName, AlertSeverity) by SystemAlertId
| summarize Alerts = count() by AlertName, AlertSeverity
| order by Alerts desc`,
  },
  {
    title: 'How late events arrive',
    query: `Seg_Cg_CL
| summarize Median = percentile(datetime_diff('second', ingestion_time(), TimeGenerated), 50) by bin(TimeGenerated, 1h)
| render timechart`,
  },
];
