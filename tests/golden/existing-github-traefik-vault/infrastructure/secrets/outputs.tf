# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
output "issuer" {
  description = "What every UI trusts."
  value       = vault_identity_oidc_provider.platform.issuer
}

output "clients" {
  description = "The client of each UI, without its secret."
  value       = { for name, client in vault_identity_oidc_client.ui : name => client.client_id }
}
