#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = var.name
  account_id         = data.aws_caller_identity.current.account_id
  region             = var.region
  kubernetes_version = var.kubernetes_version
  vpc_cidr           = var.network
#% if network == 'made' %#
  api_allowed_cidrs  = concat(var.api_allowed_cidrs, [for address in data.aws_eips.platform.public_ips : "${address}/32"])
#% else %#
  api_allowed_cidrs  = var.api_allowed_cidrs
#% endif %#
  node_type          = var.node_type
  nodes_min          = var.nodes.min
  nodes_max          = var.nodes.max
  pools              = {}

  # Roles are the platform's, and so is the boundary that they carry (infrastructure/cloud).
  partition    = data.aws_partition.current.partition
  iam_path     = "/${var.platform}/"
  boundary_arn = "arn:${local.partition}:iam::${local.account_id}:policy${local.iam_path}${var.platform}-boundary"
}
#% if network == 'made' %#

# Where requests of the management cluster come from, Argo CD's among them: its NAT gateways.
data "aws_eips" "platform" {
  region = #{ hcl(aws_region) }#

  filter {
    name   = "tag:platform"
    values = [var.platform]
  }

  filter {
    name   = "tag:root"
    values = ["infrastructure/cloud"]
  }
}
#% endif %#

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}
