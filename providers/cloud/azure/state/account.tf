#% from '_shared/quote.jinja' import hcl %#
# It has no keys to share: whoever reads or writes does so by an Entra identity with a role.
resource "azurerm_storage_account" "state" {
  name                = #{ hcl(state_bucket) }#
  resource_group_name = azurerm_resource_group.state.name
  location            = local.location
  tags                = local.tags

  account_kind             = "StorageV2"
  account_tier             = "Standard"
  account_replication_type = local.replication

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  infrastructure_encryption_enabled = true

  shared_access_key_enabled        = false
  default_to_oauth_authentication  = true
  allow_nested_items_to_be_public  = false
  cross_tenant_replication_enabled = false
  local_user_enabled               = false

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 90
    }

    container_delete_retention_policy {
      days = 90
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_container" "states" {
  name                  = "states"
  storage_account_id    = azurerm_storage_account.state.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

# Old versions are the way back from a state that was damaged.
resource "azurerm_storage_management_policy" "state" {
  storage_account_id = azurerm_storage_account.state.id

  rule {
    name    = "old-versions"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = 90
      }
    }
  }
}

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
