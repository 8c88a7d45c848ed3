#% from '_shared/pools.jinja' import hcl as pools %#
#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  account_id         = #{ hcl(aws_account_id) }#
  region             = #{ hcl(aws_region) }#
  kubernetes_version = #{ hcl(kubernetes_version) }#
#% if network == 'made' %#
  vpc_cidr           = #{ hcl(aws_vpc_cidr) }#
#% endif %#
  api_allowed_cidrs  = #{ hcl(aws_api_allowed_cidrs) }#
  node_type          = #{ hcl(aws_node_type) }#
  nodes_min          = #{ aws_nodes_min }#
  nodes_max          = #{ aws_nodes_max }#

#{ pools(cw_pools) | trim('\n') }#

  partition = data.aws_partition.current.partition
  iam_path  = "/${local.name}/"
}

data "aws_partition" "current" {}
