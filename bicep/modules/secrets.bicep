param vaultName string

@secure()
param mimecastClientId string

@secure()
param mimecastClientSecret string

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
}

// An empty parameter writes nothing, so that a rotated secret stays.
resource clientId 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = if (!empty(mimecastClientId)) {
  parent: vault
  name: 'mimecast-client-id'
  properties: { value: mimecastClientId }
}

resource clientSecret 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = if (!empty(mimecastClientSecret)) {
  parent: vault
  name: 'mimecast-client-secret'
  properties: { value: mimecastClientSecret }
}
