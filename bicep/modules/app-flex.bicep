param name string
param planName string
param location string
param tags object
param identityId string
param insightsName string

@description('URL of the container that holds the app package.')
param packageContainerUrl string

@description('https URL of a package to deploy; empty: the code stays as it is.')
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
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
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
    httpsOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      // Every timer has instances of its own; leases keep two of one feed apart.
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
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
    properties: union(settings, { APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString })
  }

  // Flex takes code through One Deploy only, after it can open the container.
  resource code 'extensions' = if (!empty(packageUrl)) {
    name: 'onedeploy'
    dependsOn: [environmentVariables]
    // Azure's published types leave this out: https://learn.microsoft.com/azure/azure-functions/functions-infrastructure-as-code
    #disable-next-line BCP037 BCP187
    properties: { packageUri: packageUrl, remoteBuild: false }
  }
}
