#% from '_shared/quote.jinja' import hcl %#
#% from 'providers/cloud/azure/names.jinja' import unique %#
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

resource "azurerm_storage_account" "backups" {
  name                = "#{ unique(platform_name, azure_subscription_id, 'backups') }#"
  resource_group_name = azurerm_resource_group.backups.name
  location            = local.location
  tags                = local.tags

  account_kind             = "StorageV2"
  account_tier             = "Standard"
  account_replication_type = local.replication
  access_tier              = "Cool"

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  infrastructure_encryption_enabled = true

  shared_access_key_enabled        = false
  default_to_oauth_authentication  = true
  allow_nested_items_to_be_public  = false
  cross_tenant_replication_enabled = false
  local_user_enabled               = false

  # Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 30
    }

    container_delete_retention_policy {
      days = 30
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_container" "backups" {
  name                  = #{ hcl(backup_bucket) }#
  storage_account_id    = azurerm_storage_account.backups.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_management_policy" "backups" {
  storage_account_id = azurerm_storage_account.backups.id

  rule {
    name    = "old-versions"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = 30
      }
    }
  }
}

output "backup_container" {
  description = "The container of Velero's backups."
  value       = azurerm_storage_container.backups.id
}
