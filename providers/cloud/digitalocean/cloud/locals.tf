#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  region             = #{ hcl(digitalocean_region) }#
  kubernetes_version = #{ hcl(kubernetes_version) }#
#% if network == 'made' %#
  vpc_cidr           = #{ hcl(digitalocean_vpc_cidr) }#
#% endif %#
#% if api_access == 'allow-listed' %#
  api_allowed_cidrs  = #{ hcl(digitalocean_api_allowed_cidrs) }#
#% endif %#
  node_size          = #{ hcl(digitalocean_node_size) }#
  nodes_min          = #{ digitalocean_nodes_min }#
  nodes_max          = #{ digitalocean_nodes_max }#
}
