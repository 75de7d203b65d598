param workspaceName string

@description('Columns by table of what the workspace has already.')
param existingTables object

@description('0: not sent.')
param retentionDays int

@description('0: not sent.')
param totalRetentionDays int
param basicTables array

@description('Names and columns, as `npm run generate` writes them.')
var declared = loadJsonContent('../tables.json')

// A column that an update leaves out is deleted, so all that are there come first, as they are.
var wanted = map(declared, table => {
  name: table.name
  existing: existingTables[?table.name] ?? []
  missing: filter(
    table.columns,
    column => !contains(map(existingTables[?table.name] ?? [], there => there.name), column.name)
  )
})

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

// A table that has every column is left alone, unless plan or retention is asked for.
resource tables 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = [
  for table in wanted: if (!empty(table.missing) || retentionDays > 0 || totalRetentionDays > 0 || contains(
    basicTables,
    table.name
  )) {
    parent: workspace
    name: table.name
    properties: union(
      { schema: { name: table.name, columns: concat(table.existing, table.missing) } },
      contains(basicTables, table.name) ? { plan: 'Basic' } : {},
      retentionDays > 0 && !contains(basicTables, table.name) ? { retentionInDays: retentionDays } : {},
      totalRetentionDays > 0 ? { totalRetentionInDays: totalRetentionDays } : {}
    )
  }
]
