#% from '_shared/quote.jinja' import hcl %#
provider "azurerm" {
  subscription_id                 = #{ hcl(azure_subscription_id) }#
  tenant_id                       = #{ hcl(azure_tenant_id) }#
  resource_provider_registrations = "none"

  features {}
}
