#% from '_shared/quote.jinja' import hcl %#
#% from 'providers/cloud/azure/names.jinja' import unique %#
seal "azurekeyvault" {
  tenant_id  = #{ hcl(azure_tenant_id) }#
  vault_name = "#{ unique(platform_name, azure_subscription_id, '-seal-') }#"
  key_name   = "seal"
#% if secrets_engine == 'openbao' %#

  # Or the client ID alone would be taken for a managed identity of the node.
  auth_method = "workload_identity"
#% endif %#
}
