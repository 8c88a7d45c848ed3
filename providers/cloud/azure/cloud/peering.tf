#% from '_shared/quote.jinja' import hcl %#
# Joins the network from which people reach this one, such as that of a VPN#{ ', and lends its gateway, which VPN and\n# ExpressRoute come in by' if azure_peer_gateway }#. Both say that they are joined.
locals {
  peer_network_id = #{ hcl(azure_peer_network_id) }#
  peer            = split("/", local.peer_network_id)
}

resource "azurerm_virtual_network_peering" "to_peer" {
  name                      = "${local.name}-peer"
  resource_group_name       = azurerm_resource_group.platform.name
  virtual_network_name      = azurerm_virtual_network.platform.name
  remote_virtual_network_id = local.peer_network_id
  allow_forwarded_traffic   = true
#% if azure_peer_gateway %#
  use_remote_gateways       = true

  # Azure refuses to use a gateway before that is allowed.
  depends_on = [azurerm_virtual_network_peering.from_peer]
#% endif %#
}

resource "azurerm_virtual_network_peering" "from_peer" {
  name                      = local.name
  resource_group_name       = local.peer[4]
  virtual_network_name      = local.peer[8]
  remote_virtual_network_id = azurerm_virtual_network.platform.id
#% if azure_peer_gateway %#
  allow_gateway_transit     = true
#% endif %#
}
