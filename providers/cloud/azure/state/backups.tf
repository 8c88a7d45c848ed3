#% from 'providers/cloud/azure/names.jinja' import unique %#
#% set account = {'resource': 'backups', 'name': unique(platform_name, azure_subscription_id, 'backups'),
  'containers': 'backups', 'container': backup_bucket, 'days': 30, 'states': false} %#
# Where Velero puts backups. Azure deletes an account with everything in it, so it is not made by the root that goes with
# the cluster.
resource "azurerm_resource_group" "backups" {
  name     = "#{ platform_name }#-backups"
  location = local.location
  tags     = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

#% include 'providers/cloud/azure/storage.tf' %#

output "backup_container" {
  description = "The container of Velero's backups."
  value       = azurerm_storage_container.backups.id
}
