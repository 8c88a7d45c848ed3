#% set dns01 = cw_acme.challenge == 'dns-01' and dns == 'azure' %#
# One identity for each workload that calls Azure. It trusts one ServiceAccount of this cluster, and has no key.
locals {
  workloads = {
#% if 'atlantis' in components %#
    atlantis-apply = {
      namespace       = "atlantis"
      service_account = "atlantis"
      key             = "apply"
    }
    atlantis-plan = {
      namespace       = "atlantis"
      service_account = "atlantis"
      key             = "plan"
    }
#% endif %#
#% if dns01 %#
    cert-manager = {
      namespace       = "cert-manager"
      service_account = "cert-manager"
      key             = "client_id"
    }
#% endif %#
#% if dns == 'azure' %#
    external-dns = {
      namespace       = "external-dns"
      service_account = "external-dns"
      key             = "client_id"
    }
#% endif %#
#% if secrets_seal == 'azurekeyvault' %#
    store = {
      namespace       = "#{ secrets_engine }#"
      service_account = "#{ secrets_engine }#"
      key             = "client_id"
    }
#% endif %#
#% if 'velero' in components %#
    velero = {
      namespace       = "velero"
      service_account = "velero"
      key             = "client_id"
    }
#% endif %#
  }
}

resource "azurerm_user_assigned_identity" "workload" {
  for_each = local.workloads

  name                = "${local.name}-${each.key}"
  resource_group_name = azurerm_resource_group.platform.name
  location            = local.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "workload" {
  for_each = local.workloads

  name                = "cluster"
  resource_group_name = azurerm_resource_group.platform.name
  parent_id           = azurerm_user_assigned_identity.workload[each.key].id
  issuer              = azurerm_kubernetes_cluster.platform.oidc_issuer_url
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
  audience            = ["api://AzureADTokenExchange"]
}

# bootstrap/up writes them into the Secret azure-identity of each namespace.
output "identities" {
  description = "The client IDs of the workloads' identities, by namespace."
  value = {
    for namespace in distinct([for workload in local.workloads : workload.namespace]) : namespace => {
      for name, workload in local.workloads : workload.key => azurerm_user_assigned_identity.workload[name].client_id
      if workload.namespace == namespace
    }
  }
}
