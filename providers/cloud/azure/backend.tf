#% from '_shared/quote.jinja' import hcl %#
  backend "azurerm" {
    subscription_id      = #{ hcl(azure_subscription_id) }#
    tenant_id            = #{ hcl(azure_tenant_id) }#
    resource_group_name  = #{ hcl(azure_state_resource_group) }#
    storage_account_name = #{ hcl(state_bucket) }#
    container_name       = "states"
    key                  = "#{ root }#.tfstate"
    use_azuread_auth     = true
  }
