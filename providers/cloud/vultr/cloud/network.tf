locals {
  vpc_id = vultr_vpc.platform.id
}

resource "vultr_vpc" "platform" {
  region         = local.region
  description    = "The platform ${local.name}"
  v4_subnet      = split("/", local.vpc_cidr)[0]
  v4_subnet_mask = tonumber(split("/", local.vpc_cidr)[1])
}
