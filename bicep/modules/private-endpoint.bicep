param name string
param location string
param tags object
param subnetId string

@description('Resource id of what the endpoint leads to.')
param targetId string

@description('Which part of it, such as blob.')
param group string

@description('Resource ids of the private DNS zones to register it in; none: somebody else registers it.')
param zoneIds array

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: name, properties: { privateLinkServiceId: targetId, groupIds: [group] } }
    ]
  }

  resource dns 'privateDnsZoneGroups' = if (!empty(zoneIds)) {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for id in zoneIds: {
          name: replace(last(split(id, '/')), '.', '-')
          properties: { privateDnsZoneId: id }
        }
      ]
    }
  }
}
