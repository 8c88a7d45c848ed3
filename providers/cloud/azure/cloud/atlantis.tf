#% from 'providers/cloud/azure/names.jinja' import unique %#
# Atlantis plans with one identity and applies with another; its pod may sign in as both and nothing else. That keeps a
# plan from changing anything by mistake, but it is no wall: a plan runs what a pull request says, and could sign in as the
# other. The wall is who may open pull requests, what needs approval, and that neither may hand out rights, or change keys
# and what holds the states: a person with more rights applies such a change.
locals {
#% if state_storage != 'gitlab' %#
  states = join("/", [
    "/subscriptions/${local.subscription_id}/resourceGroups/#{ azure_state_resource_group }#",
    "providers/Microsoft.Storage/storageAccounts/#{ state_bucket }#/blobServices/default/containers/states",
  ])

#% endif %#
  # Both read what the roots have made, and the rights on it.
  atlantis_reads = {
#% if state_storage == 'platform' or iac == 'opentofu' %#
    state = {
      scope = local.state_group
      role  = "Reader"
    }
#% endif %#
#% if state_storage != 'gitlab' %#
    # A lock is a lease on the state itself, and who may lease may write: even a plan has to.
    states = {
      scope = local.states
      role  = "Storage Blob Data Contributor"
    }
#% endif %#
#% if iac == 'opentofu' %#
    state_keys = {
      scope = local.state_vault
      role  = "Key Vault Reader"
    }
    state_key = {
      scope = "${local.state_vault}/keys/state"
      role  = "Key Vault Crypto User"
    }
#% endif %#
#% if secrets_seal == 'azurekeyvault' %#
    seal_keys = {
      scope = azurerm_key_vault.seal.id
      role  = "Key Vault Reader"
    }
#% endif %#
#% if 'velero' in components %#
    backups = {
      scope = local.backup_account
      role  = "Reader"
    }
#% endif %#
#% if network == 'existing' %#
    subnet = {
      scope = local.node_subnet_id
      role  = "Reader"
    }
#% endif %#
#% if cw_cloud.peered is defined %#
    peer = {
      scope = local.peer_network_id
      role  = "Reader"
    }
#% endif %#
#% if dns == 'azure' %#
    zone = {
      scope = local.dns_zone
      role  = "Reader"
    }
#% endif %#
  }

  atlantis_roles = {
    plan = merge(local.atlantis_reads, {
      platform = {
        scope = azurerm_resource_group.platform.id
        role  = "Reader"
      }
      kubeconfig = {
        scope = azurerm_kubernetes_cluster.platform.id
        role  = "Azure Kubernetes Service Cluster User Role"
      }
#% if cw_fleet.module %#
      clusters = {
        scope = azurerm_resource_group.clusters.id
        role  = "Reader"
      }
      clusters_kubeconfig = {
        scope = azurerm_resource_group.clusters.id
        role  = "Azure Kubernetes Service Cluster User Role"
      }
#% endif %#
    })
    apply = merge(local.atlantis_reads, {
      platform = {
        scope = azurerm_resource_group.platform.id
        role  = "Contributor"
      }
#% if cw_fleet.module %#
      clusters = {
        scope = azurerm_resource_group.clusters.id
        role  = "Contributor"
      }
#% endif %#
#% if network == 'existing' %#
      # A new pool of nodes joins the subnet.
      join = {
        scope = local.node_subnet_id
        role  = "Network Contributor"
      }
#% endif %#
    })
  }
#% if state_storage == 'platform' or iac == 'opentofu' %#

  state_group = "/subscriptions/${local.subscription_id}/resourceGroups/${local.name}-state"
#% endif %#
#% if iac == 'opentofu' %#

  state_vault = join("/", [
    "${local.state_group}/providers/Microsoft.KeyVault/vaults",
    "#{ unique(platform_name, azure_subscription_id, '-state-') }#",
  ])
#% endif %#
}

resource "azurerm_role_assignment" "atlantis" {
  for_each = merge([
    for step, roles in local.atlantis_roles : {
      for name, role in roles : "${step}-${name}" => merge(role, { identity = "atlantis-${step}" })
    }
  ]...)

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = azurerm_user_assigned_identity.workload[each.value.identity].principal_id
  principal_type       = "ServicePrincipal"
}
