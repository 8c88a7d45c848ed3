#% from '_shared/quote.jinja' import hcl %#
locals {
#% if state_storage == 'platform' or iac == 'opentofu' %#
  name            = "#{ platform_name }#-state"
#% endif %#
  subscription_id = #{ hcl(azure_subscription_id) }#
  tenant_id       = #{ hcl(azure_tenant_id) }#
  location        = #{ hcl(azure_location) }#
#% if state_storage == 'platform' or iac == 'opentofu' %#
  admin_group_id  = #{ hcl(azure_admin_group_id) }#
#% endif %#

  tags = {
    platform   = #{ hcl(platform_name) }#
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure/state"
    repository = #{ hcl(cw_git.web) }#
  }
#% if state_storage == 'platform' or 'velero' in components and backup_storage == 'platform' %#

  # Three copies in three zones, or where the region has none, three here and three in its pair.
  replication = "#{ 'ZRS' if azure_zones else 'GRS' }#"
#% endif %#
}
