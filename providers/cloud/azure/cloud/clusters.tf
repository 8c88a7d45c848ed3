# Where the workload clusters of fleet.yaml are made, and what they are in Azure. Who makes them may hand out no rights, so
# all of them share two identities, which have theirs from here.
resource "azurerm_resource_group" "clusters" {
  name     = "${local.name}-clusters"
  location = local.location
  tags     = local.tags
}

resource "azurerm_user_assigned_identity" "clusters" {
  for_each = toset(["control-plane", "nodes"])

  name                = "${local.name}-clusters-${each.key}"
  resource_group_name = azurerm_resource_group.clusters.name
  location            = local.location
  tags                = local.tags
}

# A control plane joins nodes and load balancers to its network, and makes nodes the other identity, which pulls images
# from the platform's registry.
resource "azurerm_role_assignment" "clusters" {
  for_each = {
    identity = {
      scope    = azurerm_user_assigned_identity.clusters["nodes"].id
      role     = "Managed Identity Operator"
      identity = "control-plane"
    }
    network = {
      scope    = azurerm_resource_group.clusters.id
      role     = "Network Contributor"
      identity = "control-plane"
    }
    pull = {
      scope    = azurerm_container_registry.platform.id
      role     = "AcrPull"
      identity = "nodes"
    }
  }

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = azurerm_user_assigned_identity.clusters[each.value.identity].principal_id
  principal_type       = "ServicePrincipal"
}
