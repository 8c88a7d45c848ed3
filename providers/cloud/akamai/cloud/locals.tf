#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  region             = #{ hcl(akamai_region) }#
  kubernetes_version = #{ hcl(kubernetes_version) }#
  api_allowed_cidrs  = #{ hcl(akamai_api_allowed_cidrs) }#
  node_type          = #{ hcl(akamai_node_type) }#
  nodes_min          = #{ akamai_nodes_min }#
  nodes_max          = #{ akamai_nodes_max }#
}
