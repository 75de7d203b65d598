@description('Name of an Azure Monitor private link scope in this resource group.')
param scopeName string

@description('Resource id of what joins it.')
param memberId string

resource privateLinkScope 'Microsoft.Insights/privateLinkScopes@2021-09-01' existing = {
  name: scopeName
}

resource member 'Microsoft.Insights/privateLinkScopes/scopedResources@2021-09-01' = {
  parent: privateLinkScope
  name: '${last(split(memberId, '/'))}-${uniqueString(memberId)}'
  properties: { linkedResourceId: memberId }
}
