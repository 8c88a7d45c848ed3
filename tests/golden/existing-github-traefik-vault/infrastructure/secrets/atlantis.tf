# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Atlantis plans with one role and applies with the other. That keeps a plan from changing anything by mistake; it is no
# wall, since a plan runs what a pull request says, in the pod that may take both. Whoever may write policies may also give
# themselves any right, so the wall is who may open pull requests, and who has to approve them.
locals {
  atlantis = {
    plan  = { write = [], ttl = 1200 }
    apply = { write = ["create", "update", "delete"], ttl = 3600 }
  }
}

resource "vault_policy" "atlantis" {
  for_each = local.atlantis

  name = "atlantis-${each.key}"
  policy = join("\n", [
    for path, capabilities in {
      "sys/auth"                              = ["read"]
      "sys/mounts"                            = ["read"]
      "sys/mounts/*"                          = ["read"]
      "sys/policies/acl/*"                    = concat(["read"], each.value.write)
      "sys/policies/acl/bootstrap"            = ["read"]
      "sys/policies/acl/break-glass"          = ["read"]
      "auth/kubernetes/config"                = ["read"]
      "auth/kubernetes/role/*"                = concat(["read"], each.value.write)
      "auth/kubernetes/role/bootstrap"        = ["read"]
      "auth/kubernetes/role/break-glass"      = ["read"]
      "auth/userpass/users/*"                 = concat(["read"], each.value.write)
      "identity/*"                            = concat(["read", "list"], each.value.write)
      "identity/lookup/*"                     = ["create", "update"]
      "secret/config"                         = concat(["read"], each.value.write)
      "secret/data/platform/+/oidc"           = concat(["read"], each.value.write)
      "secret/metadata/platform/+/oidc"       = concat(["read"], each.value.write)
      "secret/data/users/*"                   = concat(["read"], each.value.write)
      "secret/metadata/users/*"               = concat(["read"], each.value.write)
      "secret/data/platform/atlantis/webhook" = ["read"]
    } : "path ${jsonencode(path)} {\n  capabilities = ${jsonencode(capabilities)}\n}"
  ])
}

resource "vault_kubernetes_auth_backend_role" "atlantis" {
  for_each = local.atlantis

  role_name                        = "atlantis-${each.key}"
  bound_service_account_names      = ["atlantis"]
  bound_service_account_namespaces = ["atlantis"]
  token_policies                   = [vault_policy.atlantis[each.key].name]
  token_ttl                        = each.value.ttl
  token_max_ttl                    = each.value.ttl
}
