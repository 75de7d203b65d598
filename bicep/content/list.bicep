// Written by `npm run generate`, since Bicep can load files but not find them.

@export()
var parsers = [
  { name: 'AwarenessPerformanceDetails', text: loadTextContent('../../parsers-kql/AwarenessPerformanceDetails.kql') }
  { name: 'AwarenessSafeScore', text: loadTextContent('../../parsers-kql/AwarenessSafeScore.kql') }
  { name: 'AwarenessUserData', text: loadTextContent('../../parsers-kql/AwarenessUserData.kql') }
  { name: 'AwarenessWatchlist', text: loadTextContent('../../parsers-kql/AwarenessWatchlist.kql') }
  { name: 'MimecastAudit', text: loadTextContent('../../parsers-kql/MimecastAudit.kql') }
  { name: 'MimecastCG', text: loadTextContent('../../parsers-kql/MimecastCG.kql') }
  { name: 'MimecastCloudIntegrated', text: loadTextContent('../../parsers-kql/MimecastCloudIntegrated.kql') }
  { name: 'MimecastDLP', text: loadTextContent('../../parsers-kql/MimecastDLP.kql') }
  { name: 'MimecastTTPAttachment', text: loadTextContent('../../parsers-kql/MimecastTTPAttachment.kql') }
  { name: 'MimecastTTPImpersonation', text: loadTextContent('../../parsers-kql/MimecastTTPImpersonation.kql') }
  { name: 'MimecastTTPUrl', text: loadTextContent('../../parsers-kql/MimecastTTPUrl.kql') }
]

@export()
var rules = [
  loadYamlContent('../../analytics-rules/mimecast-audit-logon-authentication-failed.yaml')
  loadYamlContent('../../analytics-rules/mimecast-data-leak-prevention-hold.yaml')
  loadYamlContent('../../analytics-rules/mimecast-data-leak-prevention-notifications.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-attachment-protect.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-av.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-impersonation-protect.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-internal-email-protect.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-spam-event-thread.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-url-protect.yaml')
  loadYamlContent('../../analytics-rules/mimecast-secure-email-gateway-virus.yaml')
  loadYamlContent('../../analytics-rules/mimecast-targeted-threat-protection-attachment-protect.yaml')
  loadYamlContent('../../analytics-rules/mimecast-targeted-threat-protection-impersonation-protect.yaml')
  loadYamlContent('../../analytics-rules/mimecast-targeted-threat-protection-url-protect.yaml')
]

@export()
var workbooks = [
  { name: 'Mimecast_Audit_Workbook', title: 'Mimecast Audit Workbook', data: loadJsonContent('../../workbooks/Mimecast_Audit_Workbook.json') }
  { name: 'Mimecast_Awareness_Training_Workbook', title: 'Mimecast Awareness Training Workbook', data: loadJsonContent('../../workbooks/Mimecast_Awareness_Training_Workbook.json') }
  { name: 'Mimecast_Cloud_Integrated_Workbook', title: 'Mimecast Cloud Integrated Workbook', data: loadJsonContent('../../workbooks/Mimecast_Cloud_Integrated_Workbook.json') }
  { name: 'Mimecast_Connector_Health_Workbook', title: 'Mimecast Connector Health Workbook', data: loadJsonContent('../../workbooks/Mimecast_Connector_Health_Workbook.json') }
  { name: 'Mimecast_SEG_Workbook', title: 'Mimecast Secure Email Gateway Workbook', data: loadJsonContent('../../workbooks/Mimecast_SEG_Workbook.json') }
  { name: 'Mimecast_TTP_Workbook', title: 'Mimecast Targeted Threat Protection Workbook', data: loadJsonContent('../../workbooks/Mimecast_TTP_Workbook.json') }
]

@export()
var watchlists = [
  { name: 'MimecastExceptions', text: loadTextContent('../../watchlists/MimecastExceptions.csv') }
  { name: 'MimecastVips', text: loadTextContent('../../watchlists/MimecastVips.csv') }
]
