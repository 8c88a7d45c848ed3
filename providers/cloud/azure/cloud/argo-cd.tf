# Argo CD signs in to the workload clusters that are made here as this identity. It trusts two ServiceAccounts of this
# cluster, and has no key.
resource "azurerm_user_assigned_identity" "argo_cd" {
  name                = "${local.name}-argo-cd"
  resource_group_name = azurerm_resource_group.platform.name
  location            = local.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "argo_cd" {
  for_each = toset(["argocd-application-controller", "argocd-server"])

  name                = each.key
  resource_group_name = azurerm_resource_group.platform.name
  parent_id           = azurerm_user_assigned_identity.argo_cd.id
  issuer              = azurerm_kubernetes_cluster.platform.oidc_issuer_url
  subject             = "system:serviceaccount:argocd:${each.key}"
  audience            = ["api://AzureADTokenExchange"]
}

# It runs what is in them, and may do nothing else in Azure.
resource "azurerm_role_assignment" "argo_cd" {
  scope                = azurerm_resource_group.clusters.id
  role_definition_name = "Azure Kubernetes Service RBAC Cluster Admin"
  principal_id         = azurerm_user_assigned_identity.argo_cd.principal_id
  principal_type       = "ServicePrincipal"
}
