#% from '_shared/quote.jinja' import hcl %#
locals {
  name            = "#{ platform_name }#-state"
  subscription_id = #{ hcl(azure_subscription_id) }#
  tenant_id       = #{ hcl(azure_tenant_id) }#
  location        = #{ hcl(azure_location) }#
  admin_group_id  = #{ hcl(azure_admin_group_id) }#

  tags = {
    platform   = #{ hcl(platform_name) }#
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure/state"
    repository = #{ hcl(cw_git.web) }#
  }

  # Three copies in three zones, or where the region has none, three here and three in its pair.
  replication = "#{ 'ZRS' if azure_zones else 'GRS' }#"
}
