param name string
param planName string
param location string
param tags object
param identityId string
param insightsName string

@description('https URL of a package to run; empty: the code stays as it is.')
param packageUrl string

@description('Resource id of the subnet to go out from; empty: none.')
param subnetId string

@description('Whether only private endpoints may reach it.')
param isPrivate bool

@description('All environment variables but those of the host.')
@secure()
param settings object

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'elastic'
  sku: { name: 'EP1', tier: 'ElasticPremium' }
  properties: { reserved: true, maximumElasticWorkerCount: 1 }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    reserved: true
    httpsOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      linuxFxVersion: 'Node|24'
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      vnetRouteAllEnabled: !empty(subnetId)
      minimumElasticInstanceCount: 1
    }
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource environmentVariables 'config' = {
    name: 'appsettings'
    properties: union(
      settings,
      {
        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        FUNCTIONS_EXTENSION_VERSION: '~4'
        FUNCTIONS_WORKER_RUNTIME: 'node'
        // The identity opens the package in the storage account; a public URL needs no right.
        WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identityId
      },
      empty(packageUrl) ? {} : { WEBSITE_RUN_FROM_PACKAGE: packageUrl }
    )
  }
}
