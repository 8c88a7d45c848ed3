# Being an owner of the subscription lets nobody read blobs or use keys: those rights are roles of their own.
#% if state_storage == 'platform' %#
resource "azurerm_role_assignment" "states" {
  scope                = azurerm_storage_account.state.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = local.admin_group_id
  principal_type       = "Group"
}

#% endif %#
#% if iac == 'opentofu' %#
resource "azurerm_role_assignment" "key" {
  scope                = azurerm_key_vault.state.id
  role_definition_name = "Key Vault Crypto Officer"
  principal_id         = local.admin_group_id
  principal_type       = "Group"
}

#% endif %#
# Azure takes a while to honour a new role, and says "forbidden" until then.
resource "time_sleep" "access" {
  create_duration = "120s"

  triggers = {
#% if state_storage == 'platform' %#
    states = azurerm_role_assignment.states.id
#% endif %#
#% if iac == 'opentofu' and state_storage == 'platform' %#
    key    = azurerm_role_assignment.key.id
#% elif iac == 'opentofu' %#
    key = azurerm_role_assignment.key.id
#% endif %#
  }
}
