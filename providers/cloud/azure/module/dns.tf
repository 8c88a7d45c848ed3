#% set dns01 = cw_acme.challenge == 'dns-01' %#
# external-dns#{ ' and cert-manager are' if dns01 else ' is' }# in Azure what #{ 'they are' if dns01 else 'it is' }# in the management cluster.
resource "azurerm_federated_identity_credential" "dns" {
  for_each = toset([#{ '"cert-manager", ' if dns01 }#"external-dns"])

  name                = local.name
  resource_group_name = var.platform
  parent_id           = data.azurerm_user_assigned_identity.platform[each.key].id
  issuer              = azurerm_kubernetes_cluster.platform.oidc_issuer_url
  subject             = "system:serviceaccount:${each.key}:${each.key}"
  audience            = ["api://AzureADTokenExchange"]
}
