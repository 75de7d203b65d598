import { workbooks } from 'list.bicep'

param location string
param workspaceId string
param tags object

@description('What stays as it is, as type/name in lower case.')
param kept array

// Cells that open the message trace name its workbook by the template that the Content Hub installs; one that is saved is
// opened by its resource id.
var templateLink = '"templateId":"Sentinel-Mimecast-Secure-Email-Gateway-Workbook"'
var traceId = resourceId('Microsoft.Insights/workbooks', guid(workspaceId, 'Mimecast_SEG_Workbook'))

var named = map(workbooks, workbook => {
  id: guid(workspaceId, workbook.name)
  title: workbook.title
  data: replace(string(workbook.data), templateLink, '"templateId":"${traceId}"')
})

// Sentinel lists a workbook when its category is sentinel and its source the workspace.
resource all 'Microsoft.Insights/workbooks@2023-06-01' = [
  for workbook in named: if (!contains(kept, toLower('workbooks/${workbook.id}'))) {
    name: workbook.id
    location: location
    tags: tags
    kind: 'shared'
    properties: {
      displayName: workbook.title
      category: 'sentinel'
      sourceId: workspaceId
      version: '1.0'
      serializedData: workbook.data
    }
  }
]
