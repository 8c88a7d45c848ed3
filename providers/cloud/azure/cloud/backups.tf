#% from 'providers/cloud/azure/names.jinja' import unique %#
#% set backup_account = azure_backup_account if backup_storage == 'bucket' else unique(platform_name, azure_subscription_id, 'backups') %#
# Velero reads and writes its container, which #{ 'the root `state` makes' if backup_storage == 'platform' else 'was there before the platform' }#, and nothing else.
resource "azurerm_role_assignment" "velero" {
  scope                = "${local.backup_account}/blobServices/default/containers/#{ backup_bucket }#"
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.workload["velero"].principal_id
  principal_type       = "ServicePrincipal"
}

locals {
  backup_account = join("/", [
    "/subscriptions/${local.subscription_id}/resourceGroups/#{ azure_backup_resource_group }#",
    "providers/Microsoft.Storage/storageAccounts/#{ backup_account }#",
  ])
}
