import { watchlists } from 'list.bicep'

param workspaceName string

@description('What stays as it is, as type/name in lower case.')
param kept array

@description('The column that each watchlist is searched by.')
var searchKeys = { MimecastExceptions: 'value', MimecastVips: 'address' }

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

@batchSize(1)
resource lists 'Microsoft.SecurityInsights/watchlists@2025-09-01' = [
  for list in watchlists: if (!contains(kept, toLower('watchlists/${list.name}'))) {
    scope: workspace
    name: list.name
    properties: {
      displayName: list.name
      watchlistAlias: list.name
      provider: 'Mimecast'
      source: '${list.name}.csv'
      sourceType: 'Local'
      itemsSearchKey: searchKeys[list.name]
      contentType: 'text/csv'
      numberOfLinesToSkip: 0
      rawContent: list.text
    }
  }
]
