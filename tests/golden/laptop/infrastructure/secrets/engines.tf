# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# The store has this engine, and both ways to sign in, since its first start.
resource "vault_kv_secret_backend_v2" "secret" {
  mount        = "secret"
  max_versions = 20
}

data "vault_auth_backend" "userpass" {
  path = "userpass"
}
