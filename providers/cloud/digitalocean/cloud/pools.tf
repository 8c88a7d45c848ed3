#% include '_shared/pools.tf' %#

resource "digitalocean_kubernetes_node_pool" "more" {
  for_each = local.pools

  cluster_id = digitalocean_kubernetes_cluster.platform.id
  name       = each.key
  size       = each.value.type
  auto_scale = true
  min_nodes  = each.value.min
  max_nodes  = each.value.max
  labels     = each.value.labels
  tags       = [local.name]

#% include '_shared/taints.tf' %#
}
