#% from 'providers/cloud/azure/names.jinja' import unique %#
# With it OpenTofu encrypts every state and plan itself. Without this key no state can be read again.
resource "azurerm_key_vault" "state" {
  name                = "#{ unique(platform_name, azure_subscription_id, '-state-') }#"
  resource_group_name = azurerm_resource_group.state.name
  location            = local.location
  tenant_id           = local.tenant_id
  tags                = local.tags

  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_key_vault_key" "state" {
  name         = "state"
  key_vault_id = azurerm_key_vault.state.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["decrypt", "encrypt"]
  tags         = local.tags

  # What an older version has encrypted says so, and stays readable.
  rotation_policy {
    automatic {
      time_after_creation = "P1Y"
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [time_sleep.access]
}

output "key_id" {
  description = "The key that encrypts the states."
  value       = azurerm_key_vault_key.state.versionless_id
}
