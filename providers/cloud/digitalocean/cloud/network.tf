locals {
  vpc_id = digitalocean_vpc.platform.id
}

resource "digitalocean_vpc" "platform" {
  name        = local.name
  region      = local.region
  description = "The platform ${local.name}"
  ip_range    = local.vpc_cidr
}
