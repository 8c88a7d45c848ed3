#% from '_shared/pools.jinja' import hcl as pools %#
# Pools beside the first one, which is in the cluster itself.
locals {
#{ pools(cw_pools) | trim('\n') }#
}

resource "civo_kubernetes_node_pool" "more" {
  for_each = local.pools

  cluster_id = civo_kubernetes_cluster.platform.id
  label      = each.key
  size       = each.value.type
  node_count = each.value.min
  labels     = each.value.labels

  dynamic "taint" {
    for_each = each.value.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }
}
