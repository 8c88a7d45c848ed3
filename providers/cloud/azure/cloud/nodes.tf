# One pool over all zones: the disks of the default StorageClass are in every zone too, so no pod waits for a node in the
# one zone of its volume.
resource "azurerm_kubernetes_cluster_node_pool" "platform" {
  name                        = "platform"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.platform.id
  mode                        = "User"
  vm_size                     = local.node_type
  orchestrator_version        = local.kubernetes_version
  auto_scaling_enabled        = true
  min_count                   = local.nodes_min
  max_count                   = local.nodes_max
  zones                       = local.zones
  vnet_subnet_id              = local.node_subnet_id
  max_pods                    = 110
  os_disk_size_gb             = 64
  temporary_name_for_rotation = "platformtmp"
  tags                        = local.tags

  upgrade_settings {
    max_surge                = "1"
    drain_timeout_in_minutes = 30
  }
}
