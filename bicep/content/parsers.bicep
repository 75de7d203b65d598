import { parsers } from 'list.bicep'

param workspaceName string

@description('What stays as it is, as type/name in lower case.')
param kept array

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

// A file's first line is `// params: (…)`, the rest is the function's body.
var functions = map(parsers, parser => {
  name: parser.name
  head: trim(split(parser.text, '\n')[0])
  body: join(skip(split(parser.text, '\n'), 1), '\n')
})

// Sentinel finds a function by its alias; with the same name 3.1 updates in place and no second one competes.
@batchSize(1)
resource savedSearches 'Microsoft.OperationalInsights/workspaces/savedSearches@2025-07-01' = [
  for it in functions: if (!contains(kept, toLower('savedSearches/${it.name}'))) {
    parent: workspace
    name: it.name
    properties: {
      category: 'Mimecast'
      displayName: it.name
      functionAlias: it.name
      functionParameters: substring(it.head, indexOf(it.head, '(') + 1, length(it.head) - indexOf(it.head, '(') - 2)
      query: it.body
      version: 2
    }
  }
]
