#% set dns01 = cw_acme.challenge == 'dns-01' %#
# Writes the records of the platform's routes#{ ', and of DNS-01 challenges,' if dns01 }# into the one zone.
locals {
  dns_group = "/subscriptions/#{ azure_subscription_id }#/resourceGroups/#{ azure_dns_resource_group }#"
  dns_zone  = "${local.dns_group}/providers/Microsoft.Network/dnsZones/#{ dns_zone }#"
}

resource "azurerm_role_assignment" "zone" {
  for_each = toset([#{ '"cert-manager", ' if dns01 }#"external-dns"])

  scope                = local.dns_zone
  role_definition_name = "DNS Zone Contributor"
  principal_id         = azurerm_user_assigned_identity.workload[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

# external-dns looks for the zone among those of the group.
resource "azurerm_role_assignment" "zones" {
  scope                = local.dns_group
  role_definition_name = "Reader"
  principal_id         = azurerm_user_assigned_identity.workload["external-dns"].principal_id
  principal_type       = "ServicePrincipal"
}
