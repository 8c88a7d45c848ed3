# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# The store signs people in to every UI. Its issuer is https://vault.platform.onprem.dev/v1/identity/oidc/provider/platform.
resource "vault_identity_oidc_key" "platform" {
  name             = "platform"
  algorithm        = "RS256"
  rotation_period  = 86400
  verification_ttl = 172800
}

resource "vault_identity_oidc_scope" "groups" {
  name        = "groups"
  description = "The teams of a person"
  template    = "{\"groups\": {{identity.entity.groups.names}}}"
}

resource "vault_identity_oidc_scope" "email" {
  name        = "email"
  description = "The address in fleet.yaml, which a pull request has approved"
  template    = "{\"email\": {{identity.entity.metadata.email}}, \"email_verified\": true}"
}

resource "vault_identity_oidc_scope" "profile" {
  name        = "profile"
  description = "The name of a person"
  template    = "{\"name\": {{identity.entity.name}}, \"preferred_username\": {{identity.entity.name}}}"
}

# Members of a team may sign in; each UI decides what a team may do there.
resource "vault_identity_oidc_assignment" "teams" {
  name = "teams"
  group_ids = concat(
    [vault_identity_group.admins.id, vault_identity_group.developers.id],
    [for group in vault_identity_group.team : group.id],
  )
}

resource "vault_identity_oidc_client" "ui" {
  for_each = local.clients

  name             = each.key
  key              = vault_identity_oidc_key.platform.name
  redirect_uris    = each.value
  assignments      = [vault_identity_oidc_assignment.teams.name]
  client_type      = "confidential"
  id_token_ttl     = 28800
  access_token_ttl = 28800
}

resource "vault_identity_oidc_key_allowed_client_id" "ui" {
  for_each = local.clients

  key_name          = vault_identity_oidc_key.platform.name
  allowed_client_id = vault_identity_oidc_client.ui[each.key].client_id
}

resource "vault_identity_oidc_provider" "platform" {
  name               = "platform"
  https_enabled      = true
  issuer_host        = local.host
  allowed_client_ids = [for client in vault_identity_oidc_client.ui : client.client_id]
  scopes_supported = [
    vault_identity_oidc_scope.email.name,
    vault_identity_oidc_scope.groups.name,
    vault_identity_oidc_scope.profile.name,
  ]
}

# The store makes up each client's secret, so the state knows it too; OpenTofu encrypts the state (encryption.tf.json).
# A new one: `tofu apply -replace='vault_identity_oidc_client.ui["argo-cd"]'`; what uses it restarts by itself.
resource "vault_kv_secret_v2" "client" {
  for_each = local.clients

  mount = vault_kv_secret_backend_v2.secret.mount
  name  = "platform/${each.key}/oidc"
  data_json = jsonencode({
    client_id     = vault_identity_oidc_client.ui[each.key].client_id
    client_secret = vault_identity_oidc_client.ui[each.key].client_secret
  })
}
