# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Everybody's first password is made up here and kept in the store only: neither a plan nor the state knows it. An
# administrator hands it over as docs/secrets.md says, and the person changes it; what was changed since stays as it is.
ephemeral "random_password" "first" {
  for_each = local.people

  length  = 32
  special = false
}

resource "vault_kv_secret_v2" "first" {
  for_each = local.people

  mount                = "secret"
  name                 = "users/${each.key}"
  data_json_wo         = jsonencode({ username = each.key, first_password = ephemeral.random_password.first[each.key].result })
  data_json_wo_version = 1
  delete_all_versions  = true
}

# Read back, so that an account never gets another password than the one that was kept, whatever fails half-way.
ephemeral "vault_kv_secret_v2" "first" {
  for_each = local.people

  mount    = "secret"
  mount_id = vault_kv_secret_v2.first[each.key].id
  name     = vault_kv_secret_v2.first[each.key].name
}

resource "vault_userpass_auth_backend_user" "person" {
  for_each = local.people

  mount               = data.vault_auth_backend.userpass.path
  username            = each.key
  password_wo         = ephemeral.vault_kv_secret_v2.first[each.key].data.first_password
  password_wo_version = 1
  token_policies      = ["people"]
  token_ttl           = 3600
  token_max_ttl       = 28800
}
