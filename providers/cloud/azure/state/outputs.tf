output "storage_account" {
  description = "The storage account that holds every state of this platform."
  value       = azurerm_storage_account.state.name
}
#% if iac == 'opentofu' %#

output "key_id" {
  description = "The key that encrypts the states."
  value       = azurerm_key_vault_key.state.versionless_id
}
#% endif %#
