param name string
param location string
param tags object
param workspaceId string

@description('Whether only private networks may reach it.')
param isPrivate bool

// What the host writes here is limited to warnings by host.json.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
    publicNetworkAccessForIngestion: isPrivate ? 'Disabled' : 'Enabled'
    publicNetworkAccessForQuery: isPrivate ? 'Disabled' : 'Enabled'
  }
}
