# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Engines and sign-in methods.
path "sys/mounts" {
  capabilities = ["read"]
}
path "sys/mounts/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/auth" {
  capabilities = ["read"]
}
path "sys/auth/*" {
  capabilities = ["create", "read", "update", "delete", "sudo"]
}
path "sys/policies/acl" {
  capabilities = ["list"]
}
path "sys/policies/acl/*" {
  capabilities = ["create", "read", "update", "delete"]
}

# Who may sign in, and as what.
path "auth/kubernetes/config" {
  capabilities = ["create", "read", "update"]
}
path "auth/kubernetes/role" {
  capabilities = ["list"]
}
path "auth/kubernetes/role/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "auth/jwt-*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "auth/userpass/users" {
  capabilities = ["list"]
}
path "auth/userpass/users/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "identity/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

# The platform's secrets, how to reach clusters, and people's first passwords, but not what environments keep.
path "secret/config" {
  capabilities = ["create", "read", "update"]
}
path "secret/data/platform/*" {
  capabilities = ["create", "read", "update", "patch", "delete"]
}
path "secret/metadata/platform/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}
path "secret/data/clusters/*" {
  capabilities = ["create", "read", "update", "patch", "delete"]
}
path "secret/metadata/clusters/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}
path "secret/data/users/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "secret/metadata/users/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

# Backups, which are encrypted, and the cluster's health.
path "sys/storage/raft/snapshot" {
  capabilities = ["read"]
}
path "sys/storage/raft/configuration" {
  capabilities = ["read"]
}
path "sys/storage/raft/autopilot/state" {
  capabilities = ["read"]
}
