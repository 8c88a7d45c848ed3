#% set account = {'resource': 'state', 'name': state_bucket, 'containers': 'states', 'container': 'states', 'days': 90,
  'states': true} %#
# It has no keys to share: whoever reads or writes does so by an Entra identity with a role.
#% include 'providers/cloud/azure/storage.tf' %#

# Whoever may change everything in the subscription still cannot delete the states by one wrong command.
resource "azurerm_management_lock" "state" {
  name       = "states"
  scope      = azurerm_storage_account.state.id
  lock_level = "CanNotDelete"
  notes      = "Every state of the platform; bootstrap/down --state removes this lock first"

  depends_on = [azurerm_storage_container.states, azurerm_storage_management_policy.state]
}

output "storage_account" {
  description = "The storage account that holds every state of this platform."
  value       = azurerm_storage_account.state.name
}
