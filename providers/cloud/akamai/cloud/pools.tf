#% from '_shared/pools.jinja' import hcl as pools %#
# Pools beside the first one, which is in the cluster itself.
locals {
#{ pools(cw_pools) | trim('\n') }#
}

resource "linode_lke_node_pool" "more" {
  for_each = local.pools

  cluster_id      = linode_lke_cluster.platform.id
  label           = each.key
  type            = each.value.type
  labels          = each.value.labels
  tags            = ["${local.name}-more"]
  disk_encryption = "enabled"

  autoscaler {
    min = each.value.min
    max = each.value.max
  }

  dynamic "taint" {
    for_each = each.value.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }
}
