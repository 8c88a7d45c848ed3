# Each pool is in all zones: the disks of the default StorageClass are in every zone too, so no pod waits for a node in the
# one zone of its volume.
locals {
  first_pool = { type = local.node_type, min = local.nodes_min, max = local.nodes_max, labels = {}, taints = [] }
  node_pools = merge({ platform = local.first_pool }, local.pools)
}

resource "azurerm_kubernetes_cluster_node_pool" "platform" {
  for_each = local.node_pools

  name                        = each.key
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.platform.id
  mode                        = "User"
  vm_size                     = each.value.type
  orchestrator_version        = local.kubernetes_version
  auto_scaling_enabled        = true
  min_count                   = each.value.min
  max_count                   = each.value.max
  zones                       = local.zones
  vnet_subnet_id              = local.node_subnet_id
  max_pods                    = 110
  os_disk_size_gb             = 64
  temporary_name_for_rotation = each.key == "platform" ? "platformtmp" : "${substr(each.key, 0, 8)}temp"
  node_labels                 = each.value.labels
  node_taints                 = [for taint in each.value.taints : "${taint.key}=${taint.value}:${taint.effect}"]
  tags                        = local.tags

  upgrade_settings {
    max_surge                = "1"
    drain_timeout_in_minutes = 30
  }
}
#% if not module %#

# There was one pool before there could be more.
moved {
  from = azurerm_kubernetes_cluster_node_pool.platform
  to   = azurerm_kubernetes_cluster_node_pool.platform["platform"]
}
#% endif %#
