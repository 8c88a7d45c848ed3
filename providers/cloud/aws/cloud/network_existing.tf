#% from '_shared/quote.jinja' import hcl %#
# The network was there before the platform. Nothing here changes it: its routes and gateways are somebody else's.
locals {
  vpc_id                = #{ hcl(aws_vpc_id) }#
  node_subnets          = #{ hcl(aws_node_subnets) }#
  control_plane_subnets = #{ hcl(aws_control_plane_subnets) }#

  zones = [for subnet in data.aws_subnet.nodes : subnet.availability_zone]
}

data "aws_subnet" "nodes" {
  for_each = toset(local.node_subnets)

  id = each.key

  lifecycle {
    postcondition {
      condition     = self.vpc_id == local.vpc_id
      error_message = "${each.key} is in another VPC; answer aws_node_subnets anew."
    }
  }
}
