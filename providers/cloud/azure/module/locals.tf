#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = var.name
  tenant_id          = #{ hcl(azure_tenant_id) }#
  location           = var.region
  resource_group     = "${var.platform}-clusters"
  zones              = #{ hcl(azure_zones | sort) }#
  kubernetes_version = var.kubernetes_version
  vnet_cidr          = var.network
#% if network == 'made' %#
  api_allowed_cidrs  = concat(var.api_allowed_cidrs, ["${data.azurerm_public_ip.platform.ip_address}/32"])
#% else %#
  api_allowed_cidrs  = var.api_allowed_cidrs
#% endif %#
  admin_group_id     = #{ hcl(azure_admin_group_id) }#
  node_type          = var.node_type
  nodes_min          = var.nodes.min
  nodes_max          = var.nodes.max
  pools              = {}

  tags = {
    platform   = var.platform
    managed-by = #{ hcl(iac) }#
    root       = "infrastructure/clusters/${trimprefix(var.name, "${var.platform}-")}"
    repository = #{ hcl(cw_git.web) }#
  }
}

# The platform's own (infrastructure/cloud), which have their rights from there, with the resource group of each.
data "azurerm_user_assigned_identity" "platform" {
  for_each = {
    argo-cd                = var.platform
#% if dns == 'azure' and cw_acme.challenge == 'dns-01' %#
    cert-manager           = var.platform
#% endif %#
    clusters-control-plane = local.resource_group
    clusters-nodes         = local.resource_group
#% if dns == 'azure' %#
    external-dns           = var.platform
#% endif %#
  }

  name                = "${var.platform}-${each.key}"
  resource_group_name = each.value
}
#% if network == 'made' %#

# Where requests of the management cluster come from, Argo CD's among them: its NAT gateway.
data "azurerm_public_ip" "platform" {
  name                = "${var.platform}-outbound"
  resource_group_name = var.platform
}
#% endif %#
