targetScope = 'resourceGroup'

metadata name = 'Mimecast connector for Microsoft Sentinel'
metadata description = 'Creates the app, its identity, vault and storage in this resource group, and tables and content in the workspace.'

// ---- Where to ----

@description('Resource id of the Log Analytics workspace that Microsoft Sentinel runs on. It may be in another resource group, region or subscription. None of its own properties is changed.')
@minLength(100)
param workspaceId string

@description('Region of the app, its storage and its vault. Data collection rules always stand in the region of the workspace.')
param location string = resourceGroup().location

@description('What the names of the created resources begin with: a lower-case letter, then lower-case letters or digits.')
@minLength(3)
@maxLength(9)
param name string = 'mimecast'

@description('Tags of everything that is created and can have tags.')
param tags object = {}

// ---- Mimecast ----

@description('API gateway of the Mimecast account.')
@minLength(12)
param mimecastBaseUrl string = 'https://api.services.mimecast.com'

@description('Client id of the Mimecast API application. It goes to the vault only; empty leaves the vault alone.')
@secure()
param mimecastClientId string = ''

@description('Client secret of the Mimecast API application. It goes to the vault only; empty leaves the vault alone.')
@secure()
param mimecastClientSecret string = ''

@description('Name of the Mimecast account, which is on every row and parts the checkpoints.')
@minLength(1)
@maxLength(100)
param account string = 'mimecast'

@description('Which connectors are on.')
@minLength(1)
@allowed(['audit', 'seg', 'ttp', 'awareness', 'cloudIntegrated'])
param connectors array = ['audit', 'seg', 'ttp', 'awareness', 'cloudIntegrated']

@description('First day to read when a feed has no checkpoint, yyyy-mm-dd. Empty: 60 days ago. What Mimecast no longer keeps is left out.')
@maxLength(10)
param startDate string = ''

@description('When connectors run, where the default does not suit: six NCRONTAB fields by connector.')
param schedules {
  audit: string?
  seg: string?
  ttp: string?
  awareness: string?
  cloudIntegrated: string?
} = {}

// ---- The app ----

@description('Hosting plan. Azure Government has Premium only.')
@allowed(['Flex', 'Premium'])
param plan string = environment().name == 'AzureUSGovernment' ? 'Premium' : 'Flex'

@description('https URL of the app package of a release. Empty: the code stays as it is, and the deploy command uploads it.')
param packageUrl string = ''

@description('Environment variables of the installed app by name; the deploy command fills it. Those that this template does not set are kept, such as AzureWebJobs.Ttp.Disabled.')
@secure()
param installedSettings object = {}

// ---- Tables ----

@description('Columns of the tables that the workspace has already, {"Audit_CL": [{"name": "…", "type": "…"}]}; the deploy command fills it. They are kept, and where a name is on both sides theirs wins.')
param existingTables object = {}

@description('Days for which tables can be queried at no extra charge. 0: as they are, or as the workspace says.')
@minValue(0)
@maxValue(730)
param retentionDays int = 0

@description('Days for which tables keep rows, long-term retention included. 0: as they are, or as the workspace says.')
@minValue(0)
@maxValue(4383)
param totalRetentionDays int = 0

@description('Tables with the plan Basic. Parsers, rules and workbooks can not read such a table, so it needs content none.')
@allowed([
  'Audit_CL'
  'Seg_Cg_CL'
  'Seg_Dlp_CL'
  'Ttp_Url_CL'
  'Ttp_Attachment_CL'
  'Ttp_Impersonation_CL'
  'Awareness_Performance_Details_CL'
  'Awareness_SafeScore_Details_CL'
  'Awareness_Watchlist_Details_CL'
  'Awareness_User_Data_CL'
  'Cloud_Integrated_CL'
])
param basicTables array = []

// ---- Content ----

@description('Parsers, rules, workbooks and watchlists: none; those that existingContent does not name; or all, whatever a person has changed (watchlists are never overwritten). Health alerts are always there; overwrite replaces them too.')
@allowed(['none', 'missing', 'overwrite'])
param content string = 'missing'

@description('What is installed and must stay as it is, as type/name: savedSearches/MimecastCG, alertRules/GUID, workbooks/GUID, watchlists/MimecastVips, scheduledQueryRules/NAME. The deploy command fills it.')
param existingContent array = []

@description('Whether new rules run. false: all are created disabled, for a trial beside another solution. Informational ones are always created disabled.')
param enableRules bool = true

@description('Who hears of health alerts: an e-mail address, or the resource id of an action group. Empty: they only show in Azure Monitor.')
param alertReceiver string = ''

// ---- What is there already ----

@description('Resource id of a user-assigned identity for the app. Empty: one is created.')
param identityId string = ''

@description('Resource id of a key vault that uses Azure RBAC. Empty: one is created.')
param vaultId string = ''

@description('Resource id of a storage account for the app. It needs a container app-package. Empty: one is created.')
param storageId string = ''

@description('Whether to give the identity its roles. false: an administrator gives them, see docs/rights.md.')
param assignRoles bool = true

@description('Whether the vault of this template was deleted and is to be brought back.')
param recoverVault bool = false

// ---- Private networking ----

@description('Resource id of an Azure Monitor private link scope. Setting it turns public network access off for all that is created.')
param privateLinkScopeId string = ''

@description('Resource id of the subnet that the app goes out from, delegated to Microsoft.App/environments (Flex) or Microsoft.Web/serverFarms (Premium). Empty: with a private link scope a network is created, else the app goes out by itself.')
param appSubnetId string = ''

@description('With a private link scope: resource id of the subnet for private endpoints. Empty: a network is created.')
param endpointSubnetId string = ''

@description('With own subnets: resource ids of private DNS zones in which to register the private endpoints. One that is not given is left to you, or to a policy.')
param privateDnsZoneIds {
  blob: string?
  table: string?
  vault: string?
  sites: string?
} = {}

@description('Time of this deployment; do not set it. A feed without any row counts as silent from here on.')
param deployedAt string = utcNow('yyyy-MM-ddTHH:mm:ssZ')

// ---- Names ----

var isGovernment = environment().name == 'AzureUSGovernment'
var cloud = loadJsonContent('clouds.json')[isGovernment ? 'usgov' : 'public']
var suffix = uniqueString(resourceGroup().id, name)
var longName = '${name}-${suffix}'
var packageContainer = 'app-package'
var isPrivate = !empty(privateLinkScopeId)
var ownNetwork = isPrivate && empty(appSubnetId) && empty(endpointSubnetId)

// What is not given is created in this group; either way only its id is used from here on.
var identity = split(empty(identityId) ? resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-${longName}') : identityId, '/')
var vault = split(empty(vaultId) ? resourceId('Microsoft.KeyVault/vaults', 'kv${name}${suffix}') : vaultId, '/')
var storage = split(empty(storageId) ? resourceId('Microsoft.Storage/storageAccounts', 'st${name}${suffix}') : storageId, '/')
var workspaceParts = split(workspaceId, '/')
var blobUrl = 'https://${last(storage)}.blob.${environment().suffixes.storage}'
var tableUrl = 'https://${last(storage)}.table.${environment().suffixes.storage}'

// Only ever read: a template that declared the workspace would reset what it does not name, such as its retention.
resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: last(workspaceParts)
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
}

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: last(identity)
  scope: resourceGroup(identity[2], identity[4])
}

// ---- Identity, vault, storage ----

module newIdentity 'modules/identity.bicep' = if (empty(identityId)) {
  params: { name: last(identity), location: location, tags: tags }
}

module newVault 'modules/vault.bicep' = if (empty(vaultId)) {
  params: { name: last(vault), location: location, tags: tags, isPrivate: isPrivate, recover: recoverVault }
}

module newStorage 'modules/storage.bicep' = if (empty(storageId)) {
  params: { name: last(storage), location: location, tags: tags, isPrivate: isPrivate, packageContainer: packageContainer }
}

module secrets 'modules/secrets.bicep' = {
  scope: resourceGroup(vault[2], vault[4])
  dependsOn: [newVault]
  params: {
    vaultName: last(vault)
    mimecastClientId: mimecastClientId
    mimecastClientSecret: mimecastClientSecret
  }
}

module vaultRole 'modules/vault-role.bicep' = if (assignRoles) {
  scope: resourceGroup(vault[2], vault[4])
  dependsOn: [newVault, newIdentity]
  params: { vaultName: last(vault), principalId: appIdentity.properties.principalId }
}

module storageRoles 'modules/storage-roles.bicep' = if (assignRoles) {
  scope: resourceGroup(storage[2], storage[4])
  dependsOn: [newStorage, newIdentity]
  params: { storageName: last(storage), principalId: appIdentity.properties.principalId }
}

// ---- Tables and data collection rules ----

module tables 'modules/tables.bicep' = {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  params: {
    workspaceName: last(workspaceParts)
    existingTables: existingTables
    retentionDays: retentionDays
    totalRetentionDays: totalRetentionDays
    basicTables: content == 'none' || empty(basicTables)
      ? basicTables
      : fail('Parsers, rules and workbooks can not read Basic tables: set content to none, or leave basicTables empty.')
  }
}

module endpoint 'modules/collection-endpoint.bicep' = if (isPrivate) {
  params: { name: 'dce-${longName}', location: workspace.location, tags: tags }
}

module rules 'modules/collection-rules.bicep' = {
  dependsOn: [tables, newIdentity]
  params: {
    name: longName
    location: workspace.location
    tags: tags
    workspaceId: workspaceId
    endpointId: isPrivate ? resourceId('Microsoft.Insights/dataCollectionEndpoints', 'dce-${longName}') : ''
    endpointUrl: endpoint.?outputs.url ?? ''
    principalId: appIdentity.properties.principalId
    assignRole: assignRoles
  }
}

// ---- Private networking ----

module network 'modules/network.bicep' = if (ownNetwork) {
  params: {
    name: longName
    location: location
    tags: tags
    delegation: plan == 'Flex' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms'
    zoneNames: union([cloud.zones.blob, cloud.zones.table, cloud.zones.vault, cloud.zones.sites], cloud.zones.monitor)
  }
}

var ownSubnets = resourceId('Microsoft.Network/virtualNetworks', 'vnet-${longName}')
var lacksSubnet = isPrivate && !ownNetwork && (empty(appSubnetId) || empty(endpointSubnetId))
var appSubnet = ownNetwork
  ? '${ownSubnets}/subnets/app'
  : lacksSubnet ? fail('Private networking takes both appSubnetId and endpointSubnetId, or neither.') : appSubnetId
var endpointSubnet = ownNetwork ? '${ownSubnets}/subnets/endpoints' : endpointSubnetId

// What was there already has its private endpoints already.
var privateEndpoints = [
  { group: 'blob', targetId: join(storage, '/'), isOurs: empty(storageId) }
  { group: 'table', targetId: join(storage, '/'), isOurs: empty(storageId) }
  { group: 'vault', targetId: join(vault, '/'), isOurs: empty(vaultId) }
]

module dataEndpoints 'modules/private-endpoint.bicep' = [
  for it in privateEndpoints: if (isPrivate && it.isOurs) {
    dependsOn: [network, newStorage, newVault]
    params: {
      name: 'pe-${it.group}-${longName}'
      location: location
      tags: tags
      subnetId: endpointSubnet
      targetId: it.targetId
      group: it.group
      zoneIds: ownNetwork
        ? [resourceId('Microsoft.Network/privateDnsZones', cloud.zones[it.group])]
        : filter([privateDnsZoneIds[?it.group] ?? ''], id => !empty(id))
    }
  }
]

module appEndpoint 'modules/private-endpoint.bicep' = if (isPrivate) {
  dependsOn: [network, flexApp, premiumApp]
  params: {
    name: 'pe-sites-${longName}'
    location: location
    tags: tags
    subnetId: endpointSubnet
    targetId: resourceId('Microsoft.Web/sites', appName)
    group: 'sites'
    zoneIds: ownNetwork
      ? [resourceId('Microsoft.Network/privateDnsZones', cloud.zones.sites)]
      : filter([privateDnsZoneIds.?sites ?? ''], id => !empty(id))
  }
}

module monitorEndpoint 'modules/private-endpoint.bicep' = if (ownNetwork) {
  dependsOn: [network, endpointInScope, insightsInScope]
  params: {
    name: 'pe-monitor-${longName}'
    location: location
    tags: tags
    subnetId: endpointSubnet
    targetId: privateLinkScopeId
    group: 'azuremonitor'
    zoneIds: map(cloud.zones.monitor, zone => resourceId('Microsoft.Network/privateDnsZones', zone))
  }
}

// An empty id has no parts to name a scope by, so it stands for one of this group that is never used.
var privateLinkScope = split(isPrivate ? privateLinkScopeId : resourceId('Microsoft.Insights/privateLinkScopes', 'none'), '/')

module endpointInScope 'modules/scope-member.bicep' = if (isPrivate) {
  scope: resourceGroup(privateLinkScope[2], privateLinkScope[4])
  dependsOn: [endpoint]
  params: {
    scopeName: last(privateLinkScope)
    memberId: resourceId('Microsoft.Insights/dataCollectionEndpoints', 'dce-${longName}')
  }
}

module insightsInScope 'modules/scope-member.bicep' = if (isPrivate) {
  scope: resourceGroup(privateLinkScope[2], privateLinkScope[4])
  dependsOn: [monitoring]
  params: {
    scopeName: last(privateLinkScope)
    memberId: resourceId('Microsoft.Insights/components', insightsName)
  }
}

// ---- The app ----

var appName = 'func-${longName}'
var insightsName = 'appi-${longName}'

module monitoring 'modules/monitoring.bicep' = {
  params: { name: insightsName, location: location, tags: tags, workspaceId: workspaceId, isPrivate: isPrivate }
}

// What functions/settings.ts reads. One that is left empty is not sent, so that its default holds.
var appSettings = union(
  {
    MIMECAST_BASE_URL: mimecastBaseUrl
    KEY_VAULT_URL: 'https://${last(vault)}${environment().suffixes.keyvaultDns}'
    LOGS_INGESTION: string(rules.outputs.destinations)
    CHECKPOINT_STORAGE: tableUrl
    ACCOUNT: account
    AZURE_CLIENT_ID: appIdentity.properties.clientId
    AZURE_CLOUD: isGovernment ? 'usgov' : 'public'
    CONNECTORS: join(connectors, ',')
  },
  empty(startDate) ? {} : { START_DATE: startDate },
  empty(schedules.?audit) ? {} : { AUDIT_SCHEDULE: schedules.?audit },
  empty(schedules.?seg) ? {} : { SEG_SCHEDULE: schedules.?seg },
  empty(schedules.?ttp) ? {} : { TTP_SCHEDULE: schedules.?ttp },
  empty(schedules.?awareness) ? {} : { AWARENESS_SCHEDULE: schedules.?awareness },
  empty(schedules.?cloudIntegrated) ? {} : { CLOUD_INTEGRATED_SCHEDULE: schedules.?cloudIntegrated }
)

// No parameter sets these, so that what a person has set in the app stays.
var defaultSettings = {
  CHECKPOINT_TABLE: 'MimecastCheckpoints'
  RUN_BUDGET_SECONDS: '240'
}

// What the Functions host reads.
var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: appIdentity.properties.clientId
  AzureWebJobsStorage__blobServiceUri: blobUrl
  AzureWebJobsStorage__tableServiceUri: tableUrl
}

module flexApp 'modules/app-flex.bicep' = if (plan == 'Flex') {
  dependsOn: [newIdentity, newStorage, storageRoles, vaultRole, secrets, monitoring, network, dataEndpoints]
  params: {
    name: appName
    planName: 'plan-${longName}'
    location: location
    tags: tags
    identityId: join(identity, '/')
    insightsName: insightsName
    packageContainerUrl: '${blobUrl}/${packageContainer}'
    packageUrl: packageUrl
    subnetId: appSubnet
    isPrivate: isPrivate
    settings: union(defaultSettings, installedSettings, appSettings, hostSettings)
  }
}

module premiumApp 'modules/app-premium.bicep' = if (plan == 'Premium') {
  dependsOn: [newIdentity, newStorage, storageRoles, vaultRole, secrets, monitoring, network, dataEndpoints]
  params: {
    name: appName
    planName: 'plan-${longName}'
    location: location
    tags: tags
    identityId: join(identity, '/')
    insightsName: insightsName
    packageUrl: packageUrl
    subnetId: appSubnet
    isPrivate: isPrivate
    settings: union(defaultSettings, installedSettings, appSettings, hostSettings)
  }
}

// ---- Health alerts and content ----

// A template can not see what is installed. The deploy command lists it and says what a person has changed; that is
// left out here, so a second deployment changes nothing of theirs. Watchlists hold the customer's own rows: never again.
var installed = map(existingContent, item => toLower(item))
var kept = content == 'overwrite' ? filter(installed, item => startsWith(item, 'watchlists/')) : installed

module alerts 'modules/alerts.bicep' = {
  dependsOn: [tables]
  params: {
    name: longName
    location: workspace.location
    tags: tags
    workspaceId: workspaceId
    connectors: connectors
    rescheduled: objectKeys(schedules)
    deployedAt: deployedAt
    ruleIds: rules.outputs.ruleIds
    receiver: alertReceiver
    kept: kept
  }
}

module parsers 'content/parsers.bicep' = if (content != 'none') {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  dependsOn: [tables]
  params: { workspaceName: last(workspaceParts), kept: kept }
}

module watchlists 'content/watchlists.bicep' = if (content != 'none') {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  params: { workspaceName: last(workspaceParts), kept: kept }
}

module workbooks 'content/workbooks.bicep' = if (content != 'none') {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  dependsOn: [parsers]
  params: { location: workspace.location, workspaceId: workspaceId, tags: tags, kept: kept }
}

// Sentinel refuses a rule whose functions or watchlists are not there, so these come last.
module analyticsRules 'content/rules.bicep' = if (content != 'none') {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  dependsOn: [parsers, watchlists, workbooks]
  params: { workspaceName: last(workspaceParts), enable: enableRules, kept: kept }
}

// ---- For the deploy command ----

output appName string = appName
output appId string = resourceId('Microsoft.Web/sites', appName)
output identityId string = join(identity, '/')
output identityPrincipalId string = appIdentity.properties.principalId
output vaultName string = last(vault)
output vaultId string = join(vault, '/')
output storageName string = last(storage)
output storageId string = join(storage, '/')
output packageContainer string = packageContainer
output ruleIds array = rules.outputs.ruleIds

@description('Where the app goes, all by TLS: what a firewall must let out.')
output hosts array = concat(
  cloud.hosts,
  [
    { host: split(mimecastBaseUrl, '/')[2], port: 443, use: 'Mimecast API' }
    { host: split(blobUrl, '/')[2], port: 443, use: 'package, locks and timer states' }
    { host: split(tableUrl, '/')[2], port: 443, use: 'checkpoints' }
    { host: '${last(vault)}${environment().suffixes.keyvaultDns}', port: 443, use: 'Mimecast credentials' }
  ],
  map(rules.outputs.destinations, to => { host: split(to.endpoint, '/')[2], port: 443, use: 'rows' })
)
