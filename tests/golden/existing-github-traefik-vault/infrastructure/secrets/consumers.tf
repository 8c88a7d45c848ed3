# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# External Secrets reads as the component that a secret is for, so that no component reaches another's secrets.
resource "vault_policy" "consumer" {
  for_each = toset(local.consumers)

  name   = "eso-${each.key}"
  policy = <<-EOT
    path "secret/data/platform/${each.key}/*" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_kubernetes_auth_backend_role" "consumer" {
  for_each = toset(local.consumers)

  role_name                        = "eso-${each.key}"
  bound_service_account_names      = ["eso-${each.key}"]
  bound_service_account_namespaces = ["external-secrets"]
  audience                         = "vault"
  token_policies                   = [vault_policy.consumer[each.key].name]
  token_ttl                        = 600
  token_max_ttl                    = 600
}

# The same for what environments keep at secret/environments/<environment>/.
resource "vault_policy" "environment" {
  for_each = toset(local.environments)

  name   = "eso-environment-${each.key}"
  policy = <<-EOT
    path "secret/data/environments/${each.key}/*" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_kubernetes_auth_backend_role" "environment" {
  for_each = toset(local.environments)

  role_name                        = "eso-environment-${each.key}"
  bound_service_account_names      = ["eso-environment-${each.key}"]
  bound_service_account_namespaces = ["external-secrets"]
  audience                         = "vault"
  token_policies                   = [vault_policy.environment[each.key].name]
  token_ttl                        = 600
  token_max_ttl                    = 600
}

# The same for each application with secrets, at secret/applications/<environment>/<application>/.
resource "vault_policy" "application" {
  for_each = { for name, place in local.applications : name => place if length(place.secrets) > 0 }

  name   = "eso-application-${each.key}"
  policy = <<-EOT
    path "secret/data/applications/${each.value.environment}/${each.value.name}/*" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_kubernetes_auth_backend_role" "application" {
  for_each = vault_policy.application

  role_name                        = each.value.name
  bound_service_account_names      = [each.value.name]
  bound_service_account_namespaces = ["external-secrets"]
  audience                         = "vault"
  token_policies                   = [each.value.name]
  token_ttl                        = 600
  token_max_ttl                    = 600
}
