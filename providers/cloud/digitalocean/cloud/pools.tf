#% from '_shared/pools.jinja' import hcl as pools %#
# Pools beside the first one, which is in the cluster itself.
locals {
#{ pools(cw_pools) | trim('\n') }#
}

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

  dynamic "taint" {
    for_each = each.value.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }
}
