#% from '_shared/quote.jinja' import hcl %#
# Joins the network from which people reach this one, such as that of a VPN: a VPC of the same account and region. Peering
# leads to its own addresses only, so a VPN that ends in it has to hand those out.
data "aws_vpc" "peer" {
  id = #{ hcl(aws_peer_vpc_id) }#
}

data "aws_route_tables" "peer" {
  vpc_id = data.aws_vpc.peer.id
}

resource "aws_vpc_peering_connection" "peer" {
  vpc_id      = local.vpc_id
  peer_vpc_id = data.aws_vpc.peer.id
  auto_accept = true

  tags = { Name = "${local.name}-peer" }
}

# The way there: from the nodes of each zone, and from the control plane, which has one route table for all of them.
resource "aws_route" "nodes_to_peer" {
  for_each = { for index, zone in local.zones : zone => index }

  route_table_id            = module.network.private_route_table_ids[each.value]
  destination_cidr_block    = data.aws_vpc.peer.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.peer.id
}

resource "aws_route" "control_plane_to_peer" {
  route_table_id            = module.network.intra_route_table_ids[0]
  destination_cidr_block    = data.aws_vpc.peer.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.peer.id
}

# And the way back, in every route table that the other network has by then.
resource "aws_route" "from_peer" {
  for_each = toset(data.aws_route_tables.peer.ids)

  route_table_id            = each.key
  destination_cidr_block    = local.vpc_cidr
  vpc_peering_connection_id = aws_vpc_peering_connection.peer.id
}
