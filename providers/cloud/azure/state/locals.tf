#% from '_shared/quote.jinja' import hcl %#
locals {
#% if 'group' in cw_cloud.state %#
  name            = "#{ platform_name }#-state"
#% endif %#
  subscription_id = #{ hcl(azure_subscription_id) }#
  tenant_id       = #{ hcl(azure_tenant_id) }#
  location        = #{ hcl(azure_location) }#
#% if 'group' in cw_cloud.state %#
  admin_group_id  = #{ hcl(azure_admin_group_id) }#
#% endif %#

  tags = {
    platform   = #{ hcl(platform_name) }#
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure/state"
    repository = #{ hcl(cw_git.web) }#
  }
#% if 'account' in cw_cloud.state or 'backups' in cw_cloud.state %#

  # Three copies in three zones, or where the region has none, three here and three in its pair.
  replication = "#{ 'ZRS' if azure_zones else 'GRS' }#"
#% endif %#
}
