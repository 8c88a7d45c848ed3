#% from '_shared/pools.jinja' import hcl as pools %#
#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  subscription_id    = #{ hcl(azure_subscription_id) }#
  tenant_id          = #{ hcl(azure_tenant_id) }#
  location           = #{ hcl(azure_location) }#
  resource_group     = azurerm_resource_group.platform.name
  zones              = #{ hcl(azure_zones | sort) }#
  kubernetes_version = #{ hcl(kubernetes_version) }#
#% if network == 'made' %#
  vnet_cidr          = #{ hcl(azure_vnet_cidr) }#
#% endif %#
#% if api_access == 'allow-listed' %#
  api_allowed_cidrs  = #{ hcl(azure_api_allowed_cidrs) }#
#% endif %#
  admin_group_id     = #{ hcl(azure_admin_group_id) }#
  node_type          = #{ hcl(azure_node_type) }#
  nodes_min          = #{ azure_nodes_min }#
  nodes_max          = #{ azure_nodes_max }#

#{ pools(cw_pools) | trim('\n') }#

  tags = {
    platform   = local.name
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure/cloud"
    repository = #{ hcl(cw_git.web) }#
  }
}

resource "azurerm_resource_group" "platform" {
  name     = local.name
  location = local.location
  tags     = local.tags
}
