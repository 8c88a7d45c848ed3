# Nodes have no public addresses: they reach the internet through the NAT gateway, and load balancers reach them.
locals {
#% if not module %#
  virtual_network_id = azurerm_virtual_network.platform.id

#% endif %#
  node_subnet_id = azurerm_subnet.nodes.id
#% if api_access == 'allow-listed' or module %#
  outbound_cidrs = ["${azurerm_public_ip.outbound.ip_address}/32"]
#% endif %#
}

resource "azurerm_virtual_network" "platform" {
  name                = local.name
  resource_group_name = local.resource_group
  location            = local.location
  address_space       = [local.vnet_cidr]
  tags                = local.tags
}

# The first quarter of the network. Pods have addresses of their own, outside of it, so only nodes count here.
resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = local.resource_group
  virtual_network_name = azurerm_virtual_network.platform.name
  address_prefixes     = [cidrsubnet(local.vnet_cidr, 2, 0)]

  default_outbound_access_enabled = false

  # Image layers and backups come from storage accounts: free on this way, paid by the gigabyte through the NAT gateway.
  service_endpoints = ["Microsoft.Storage"]
}

resource "azurerm_public_ip" "outbound" {
  name                = "${local.name}-outbound"
  resource_group_name = local.resource_group
  location            = local.location
  sku                 = "Standard"
  allocation_method   = "Static"
  zones               = local.zones
  tags                = local.tags
}

resource "azurerm_nat_gateway" "outbound" {
  name                = "${local.name}-outbound"
  resource_group_name = local.resource_group
  location            = local.location
  sku_name            = "Standard"
  tags                = local.tags
}

resource "azurerm_nat_gateway_public_ip_association" "outbound" {
  nat_gateway_id       = azurerm_nat_gateway.outbound.id
  public_ip_address_id = azurerm_public_ip.outbound.id
}

resource "azurerm_subnet_nat_gateway_association" "nodes" {
  subnet_id      = azurerm_subnet.nodes.id
  nat_gateway_id = azurerm_nat_gateway.outbound.id
}
#% if not module %#

output "outbound_address" {
  description = "The public address from which pods and nodes call others."
  value       = azurerm_public_ip.outbound.ip_address
}
#% endif %#
