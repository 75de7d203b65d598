param name string

@description('Region of the workspace.')
param location string
param tags object
param workspaceId string

@description('Resource id of a data collection endpoint; empty: each rule has an endpoint of its own.')
param endpointId string

@description('URL at which that endpoint takes rows.')
param endpointUrl string
param principalId string
param assignRole bool

var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var tables = loadJsonContent('../tables.json')

// A rule takes ten streams at most: https://learn.microsoft.com/azure/azure-monitor/service-limits#data-collection-rules
var parts = [take(tables, 6), skip(tables, 6)]

// A rule with an endpoint of its own can not get another one later, so private ones have other names.
var suffix = empty(endpointId) ? '' : '-private'

resource rules 'Microsoft.Insights/dataCollectionRules@2024-03-11' = [
  for (part, i) in parts: {
    name: 'dcr-${name}-${i + 1}${suffix}'
    location: location
    tags: tags
    kind: empty(endpointId) ? 'Direct' : null
    properties: {
      dataCollectionEndpointId: empty(endpointId) ? null : endpointId
      destinations: {
        logAnalytics: [{ name: 'workspace', workspaceResourceId: workspaceId }]
      }
      streamDeclarations: toObject(
        part,
        table => 'Custom-${table.name}',
        // Streams spell datetime where tables spell dateTime.
        table => { columns: map(table.columns, column => { name: column.name, type: toLower(column.type) }) }
      )
      dataFlows: [
        for table in part: {
          streams: ['Custom-${table.name}']
          destinations: ['workspace']
          transformKql: 'source'
          outputStream: 'Custom-${table.name}'
        }
      ]
    }
  }
]

resource logsRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (part, i) in parts: if (assignRole) {
    scope: rules[i]
    name: guid(rules[i].id, principalId, metricsPublisher)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    }
  }
]

// Azure answers before it stores: rows that it drops later only show here, in DCRLogErrors.
resource errors 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for (part, i) in parts: {
    scope: rules[i]
    name: 'errors'
    properties: {
      workspaceId: workspaceId
      logAnalyticsDestinationType: 'Dedicated'
      logs: [{ category: 'LogErrors', enabled: true }]
    }
  }
]

@description('What the app reads as LOGS_INGESTION.')
output destinations array = [
  for (part, i) in parts: {
    endpoint: empty(endpointId) ? (rules[i].properties.endpoints.?logsIngestion ?? '') : endpointUrl
    rule: rules[i].properties.?immutableId ?? ''
    tables: map(part, table => table.name)
  }
]

output ruleIds array = [for (part, i) in parts: rules[i].id]
