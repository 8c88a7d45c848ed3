# Who changed what in the cluster#{ ', and who used the key of the seal' if secrets_seal == 'azurekeyvault' and not module }#: kept for 90 days, apart from the cluster.
resource "azurerm_log_analytics_workspace" "audit" {
  name                         = "${local.name}-audit"
  resource_group_name          = local.resource_group
  location                     = local.location
  sku                          = "PerGB2018"
  retention_in_days            = 90
  local_authentication_enabled = false
  tags                         = local.tags
}

# Without reads, which nobody looks at and everybody pays for.
resource "azurerm_monitor_diagnostic_setting" "cluster" {
  name                           = "audit"
  target_resource_id             = azurerm_kubernetes_cluster.platform.id
  log_analytics_workspace_id     = azurerm_log_analytics_workspace.audit.id
  log_analytics_destination_type = "Dedicated"

  enabled_log {
    category = "guard"
  }

  enabled_log {
    category = "kube-audit-admin"
  }
}
#% if secrets_seal == 'azurekeyvault' and not module %#

resource "azurerm_monitor_diagnostic_setting" "seal" {
  name                       = "audit"
  target_resource_id         = azurerm_key_vault.seal.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.audit.id

  enabled_log {
    category = "AuditEvent"
  }
}
#% endif %#
