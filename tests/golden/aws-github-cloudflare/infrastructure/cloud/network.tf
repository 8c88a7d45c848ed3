# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Three kinds of subnets in up to three zones: nodes in private ones, load balancers in public ones, and the control
# plane's own interfaces in ones without any route out.
module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "6.6.0"

  name            = local.name
  cidr            = local.vpc_cidr
  azs             = local.zones
  private_subnets = [for index in range(length(local.zones)) : cidrsubnet(local.vpc_cidr, 4, index)]
  public_subnets  = [for index in range(length(local.zones)) : cidrsubnet(local.vpc_cidr, 8, 48 + index)]
  intra_subnets   = [for index in range(length(local.zones)) : cidrsubnet(local.vpc_cidr, 8, 52 + index)]

  # A gateway in each zone: when a zone fails, the others still reach the internet.
  enable_nat_gateway     = true
  single_nat_gateway     = false
  one_nat_gateway_per_az = true

  public_subnet_tags  = { "kubernetes.io/role/elb" = "1" }
  private_subnet_tags = { "kubernetes.io/role/internal-elb" = "1" }
}

# Image layers and backups come from S3: free through this endpoint, paid by the gigabyte through a NAT gateway.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = module.network.vpc_id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = module.network.private_route_table_ids

  tags = { Name = "${local.name}-s3" }
}

locals {
  vpc_id                = module.network.vpc_id
  node_subnets          = module.network.private_subnets
  control_plane_subnets = module.network.intra_subnets

  zones = slice(data.aws_availability_zones.usable.names, 0, min(3, length(data.aws_availability_zones.usable.names)))
}

data "aws_availability_zones" "usable" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}
