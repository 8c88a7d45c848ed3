#% include '_shared/pools.tf' %#

resource "civo_kubernetes_node_pool" "more" {
  for_each = local.pools

  cluster_id = civo_kubernetes_cluster.platform.id
  label      = each.key
  size       = each.value.type
  node_count = each.value.min
  labels     = each.value.labels

#% include '_shared/taints.tf' %#
}
