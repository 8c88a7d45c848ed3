#% from '_shared/quote.jinja' import hcl %#
#% from 'providers/cloud/azure/names.jinja' import unique %#
  backend "azurerm" {
    subscription_id      = #{ hcl(azure_subscription_id) }#
    tenant_id            = #{ hcl(azure_tenant_id) }#
    resource_group_name  = "#{ platform_name }#-state"
    storage_account_name = "#{ unique(platform_name, azure_subscription_id, 'state') }#"
    container_name       = "states"
    key                  = "#{ root }#.tfstate"
    use_azuread_auth     = true
  }
