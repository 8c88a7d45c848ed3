#% from '_shared/quote.jinja' import hcl %#
resource "azurerm_storage_account" "#{ account.resource }#" {
  name                = #{ hcl(account.name) }#
  resource_group_name = azurerm_resource_group.#{ account.resource }#.name
  location            = local.location
  tags                = local.tags

  account_kind             = "StorageV2"
  account_tier             = "Standard"
  account_replication_type = local.replication
#% if not account.states %#
  access_tier              = "Cool"
#% endif %#

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  infrastructure_encryption_enabled = true

  shared_access_key_enabled        = false
  default_to_oauth_authentication  = true
  allow_nested_items_to_be_public  = false
  cross_tenant_replication_enabled = false
  local_user_enabled               = false

#% if not account.states %#
  # Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
#% endif %#
  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = #{ account.days }#
    }

    container_delete_retention_policy {
      days = #{ account.days }#
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_container" "#{ account.containers }#" {
  name                  = #{ hcl(account.container) }#
  storage_account_id    = azurerm_storage_account.#{ account.resource }#.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

#% if account.states %#
# Old versions are the way back from a state that was damaged.
#% endif %#
resource "azurerm_storage_management_policy" "#{ account.resource }#" {
  storage_account_id = azurerm_storage_account.#{ account.resource }#.id

  rule {
    name    = "old-versions"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = #{ account.days }#
      }
    }
  }
}
