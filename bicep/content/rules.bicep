import { rules } from 'list.bicep'

param workspaceName string

@description('Whether rules run from the start.')
param enable bool

@description('What stays as it is, as type/name in lower case.')
param kept array

@description('What templates call the operators of a rule.')
var operators = { gt: 'GreaterThan', lt: 'LessThan', eq: 'Equal', ne: 'NotEqual' }

@description('Templates write 15m, 1h or 1d; the API takes PT15M, PT1H or P1D.')
func isoDuration(text string) string => startsWith(text, 'P') ? text : endsWith(text, 'd') ? 'P${toUpper(text)}' : 'PT${toUpper(text)}'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

// Not every rule has every key, so their types are of no help.
@batchSize(4)
resource scheduled 'Microsoft.SecurityInsights/alertRules@2025-09-01' = [
  for rule in any(rules): if (!contains(kept, toLower('alertRules/${rule.id}'))) {
    scope: workspace
    name: rule.id
    kind: 'Scheduled'
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: enable && rule.severity != 'Informational'
      query: rule.query
      queryFrequency: isoDuration(rule.queryFrequency)
      queryPeriod: isoDuration(rule.queryPeriod)
      triggerOperator: operators[rule.triggerOperator]
      triggerThreshold: rule.triggerThreshold
      tactics: rule.tactics
      techniques: distinct(map(rule.relevantTechniques, technique => first(split(technique, '.'))))
      entityMappings: rule.entityMappings
      customDetails: rule.?customDetails
      eventGroupingSettings: rule.?eventGroupingSettings
      alertDetailsOverride: rule.?alertDetailsOverride
      incidentConfiguration: {
        createIncident: rule.incidentConfiguration.createIncident
        groupingConfiguration: union(rule.incidentConfiguration.groupingConfiguration, {
          lookbackDuration: isoDuration(rule.incidentConfiguration.groupingConfiguration.lookbackDuration)
        })
      }
      suppressionDuration: isoDuration(rule.suppressionDuration)
      suppressionEnabled: rule.suppressionEnabled
    }
  }
]
