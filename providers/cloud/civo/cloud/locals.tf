#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  kubernetes_version = #{ hcl(kubernetes_version) }#
  network_cidr       = #{ hcl(civo_network_cidr) }#
  api_allowed_cidrs  = #{ hcl(civo_api_allowed_cidrs) }#
  node_size          = #{ hcl(civo_node_size) }#
  nodes              = #{ civo_nodes }#
}
