param name string
param location string
param tags object

@description('What the app subnet is delegated to.')
param delegation string

@description('Names of the private DNS zones that the network looks into.')
param zoneNames array

resource address 'Microsoft.Network/publicIPAddresses@2025-05-01' = {
  name: 'pip-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

// New networks have no way out by default; this one also gives the app one address that Mimecast can be told.
resource gateway 'Microsoft.Network/natGateways@2025-05-01' = {
  name: 'ng-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: address.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${name}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.214.0.0/24'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.214.0.0/26'
          natGateway: { id: gateway.id }
          delegations: [{ name: 'app', properties: { serviceName: delegation } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.214.0.64/26', defaultOutboundAccess: false }
      }
    ]
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in zoneNames: {
    parent: zones[i]
    name: network.name
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]
