#% from '_shared/quote.jinja' import hcl %#
# The network was there before the platform. Nothing here changes it: what leads out of its subnet is somebody else's, and
# so is the address that the API server sees then. It belongs to azure_api_allowed_cidrs.
locals {
  virtual_network_id = regex("^(.*)/subnets/[^/]+$", local.node_subnet_id)[0]
  node_subnet_id     = #{ hcl(azure_node_subnet_id) }#
#% if api_access == 'allow-listed' %#
  outbound_cidrs     = []
#% endif %#
}
