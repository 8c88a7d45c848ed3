# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# The CronJob that saves the store every night reads the whole of it, encrypted, and nothing in it.
resource "vault_policy" "snapshots" {
  name   = "snapshots"
  policy = <<-EOT
    path "sys/storage/raft/snapshot" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_kubernetes_auth_backend_role" "snapshots" {
  role_name                        = "snapshots"
  bound_service_account_names      = ["snapshots"]
  bound_service_account_namespaces = ["openbao"]
  audience                         = "openbao"
  token_policies                   = [vault_policy.snapshots.name]
  token_ttl                        = 900
  token_max_ttl                    = 900
}
