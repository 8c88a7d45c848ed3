#% from '_shared/quote.jinja' import hcl %#
# The network was there before the platform. Nothing here changes it.
locals {
  network_id = data.civo_network.platform.id
}

data "civo_network" "platform" {
  id = #{ hcl(civo_network_id) }#
}
