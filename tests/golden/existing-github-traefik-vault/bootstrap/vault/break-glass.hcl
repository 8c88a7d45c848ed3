# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
path "sys/rekey-recovery-key/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/storage/raft/*" {
  capabilities = ["create", "read", "update", "list"]
}
path "sys/step-down" {
  capabilities = ["update", "sudo"]
}
path "sys/audit" {
  capabilities = ["read", "sudo"]
}
path "sys/policies/acl/*" {
  capabilities = ["read"]
}
