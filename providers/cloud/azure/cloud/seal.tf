#% from 'providers/cloud/azure/names.jinja' import unique %#
# Unseals the store. Without this key neither the store nor any of its backups can be opened again.
resource "azurerm_key_vault" "seal" {
  name                = "#{ unique(platform_name, azure_subscription_id, '-seal-') }#"
  resource_group_name = azurerm_resource_group.platform.name
  location            = local.location
  tenant_id           = local.tenant_id
  tags                = local.tags

  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
}

resource "azurerm_key_vault_key" "seal" {
  name         = "seal"
  key_vault_id = azurerm_key_vault.seal.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["unwrapKey", "wrapKey"]
  tags         = local.tags

  # What an older version has sealed says so, and can still be opened.
  rotation_policy {
    automatic {
      time_after_creation = "P1Y"
    }
  }

  depends_on = [time_sleep.seal]
}

resource "azurerm_role_assignment" "seal_administrators" {
  scope                = azurerm_key_vault.seal.id
  role_definition_name = "Key Vault Crypto Officer"
  principal_id         = local.admin_group_id
  principal_type       = "Group"
}

# Azure takes a while to honour a new role, and says "forbidden" until then.
resource "time_sleep" "seal" {
  create_duration = "120s"
  triggers        = { role = azurerm_role_assignment.seal_administrators.id }
}

# Wrap, unwrap and read, with this one key.
resource "azurerm_role_assignment" "seal" {
  scope                = azurerm_key_vault_key.seal.resource_versionless_id
  role_definition_name = "Key Vault Crypto Service Encryption User"
  principal_id         = azurerm_user_assigned_identity.workload["store"].principal_id
  principal_type       = "ServicePrincipal"
}

output "seal_key_id" {
  description = "The key that unseals the store."
  value       = azurerm_key_vault_key.seal.versionless_id
}
