#% from 'providers/cloud/azure/names.jinja' import unique %#
# Velero reads and writes its container, which the root `state` makes, and nothing else.
resource "azurerm_role_assignment" "velero" {
  scope                = "${local.backup_account}/blobServices/default/containers/#{ backup_bucket }#"
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.workload["velero"].principal_id
  principal_type       = "ServicePrincipal"
}

locals {
  backup_account = join("/", [
    "/subscriptions/${local.subscription_id}/resourceGroups/${local.name}-backups",
    "providers/Microsoft.Storage/storageAccounts/#{ unique(platform_name, azure_subscription_id, 'backups') }#",
  ])
}
