locals {
  network_id = civo_network.platform.id
}

resource "civo_network" "platform" {
  label   = local.name
  cidr_v4 = local.network_cidr
}
