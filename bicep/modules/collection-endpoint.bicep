param name string

@description('Region of the workspace.')
param location string
param tags object

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: name
  location: location
  tags: tags
  properties: {
    networkAcls: { publicNetworkAccess: 'Disabled' }
  }
}

output url string = endpoint.properties.logsIngestion.?endpoint ?? ''
