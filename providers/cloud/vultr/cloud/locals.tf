#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  region             = #{ hcl(vultr_region) }#
  kubernetes_release = #{ hcl(vultr_kubernetes_release) }#
#% if network == 'made' %#
  vpc_cidr           = #{ hcl(vultr_vpc_cidr) }#
#% endif %#
  node_plan          = #{ hcl(vultr_node_plan) }#
  nodes_min          = #{ vultr_nodes_min }#
  nodes_max          = #{ vultr_nodes_max }#
}
