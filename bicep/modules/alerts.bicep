param name string

@description('Region of the workspace.')
param location string
param tags object
param workspaceId string

@description('Connectors that are on.')
param connectors array

@description('Connectors with a schedule of their own, which get a day of patience.')
param rescheduled array

@description('Time from which a feed that never wrote a row counts as silent.')
param deployedAt string

@description('Resource ids of the data collection rules.')
param ruleIds array

@description('An e-mail address or the resource id of an action group; empty: nobody is told.')
param receiver string

@description('What stays as it is, as type/name in lower case.')
param kept array

// The first paragraph of a query holds examples of what only a deployment knows; this takes its place.
var known = 'let connectors = dynamic(${string(connectors)});\nlet rescheduled = dynamic(${string(rescheduled)});\nlet deployed = datetime(${deployedAt});\nlet rules = dynamic(${string(ruleIds)});'
func withoutFirst(text string) string => startsWith(text, 'let ') ? join(skip(split(text, '\n\n'), 1), '\n\n') : text

var alerts = [
  {
    name: 'silence'
    severity: 1
    frequency: 'PT15M'
    window: 'P1D'
    range: 'P2D'
    split: ['Connector', 'Feed']
    title: 'Mimecast: a feed is silent'
    description: 'A feed that is on has written no Health row, so its timer did not run or its rows did not arrive. Fix: open the function app; if it is stopped or its function is disabled, start it; if the function fails, its error names the setting or the right that is wrong; right after an installation, see that the package is uploaded and that the identity has Monitoring Metrics Publisher on both data collection rules.'
    query: loadTextContent('../alerts/silence.kql')
  }
  {
    name: 'lag'
    severity: 2
    frequency: 'PT15M'
    window: 'P1D'
    range: 'P2D'
    split: ['Feed', 'Fault']
    title: 'Mimecast: a feed is behind'
    description: 'A feed runs but has not caught up for hours. Mimecast keeps batch files for 7 days only. Fix by Fault, and as the column Message says: denied, grant the product or the right that Message names, or take the connector off; throttled, give the connector a Mimecast application of its own; unavailable, open the host that Message names; deadline, raise RUN_BUDGET_SECONDS; others, see the README.'
    query: loadTextContent('../alerts/lag.kql')
  }
  {
    name: 'rejected'
    severity: 3
    frequency: 'PT1H'
    window: 'PT2H'
    range: null
    split: ['Feed', 'Reason']
    title: 'Mimecast: something could not become a row'
    description: 'What Mimecast sent could not be read as an event; it is kept in Mimecast_Rejected_CL. Fix: for single lines, none; for many, report RawText to Mimecast; for a file that stayed unreadable, rewind the feed to its day (npm run rewind) within 7 days.'
    query: loadTextContent('../alerts/rejected.kql')
  }
  {
    name: 'dropped'
    severity: 1
    frequency: 'PT1H'
    window: 'PT2H'
    range: null
    split: ['Stream', 'OperationName']
    title: 'Mimecast: a data collection rule has dropped rows'
    description: 'Azure had accepted rows and then could not store them. Fix: the column Example names the reason; when a column lacks or has another type than bicep/tables.json says, deploy again, which adds it; then rewind the feed (npm run rewind) to send the rows again.'
    query: loadTextContent('../alerts/dropped.kql')
  }
]

resource receivers 'Microsoft.Insights/actionGroups@2023-01-01' = if (contains(receiver, '@')) {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'Mimecast'
    emailReceivers: [{ name: 'receiver', emailAddress: receiver, useCommonAlertSchema: true }]
  }
}

// They run outside the app, so they also speak when it does not.
resource queryAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: if (!contains(kept, toLower('scheduledQueryRules/${alert.name}-${name}'))) {
    name: '${alert.name}-${name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: alert.frequency
      windowSize: alert.window
      overrideQueryTimeRange: alert.range
      autoMitigate: true
      // A workspace knows DCRLogErrors only after its first row.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: '${known}\n\n${withoutFirst(alert.query)}'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [
              for column in alert.split: { name: column, operator: 'Include', values: ['*'] }
            ]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: {
        actionGroups: empty(receiver) ? [] : [contains(receiver, '@') ? receivers.id : receiver]
      }
    }
  }
]
