#% include '_shared/pools.tf' %#

resource "vultr_kubernetes_node_pools" "more" {
  for_each = local.pools

  cluster_id    = vultr_kubernetes.platform.id
  label         = each.key
  plan          = each.value.type
  node_quantity = each.value.min
  auto_scaler   = true
  min_nodes     = each.value.min
  max_nodes     = each.value.max

  dynamic "labels" {
    for_each = each.value.labels

    content {
      key   = labels.key
      value = labels.value
    }
  }

  dynamic "taints" {
    for_each = each.value.taints

    content {
      key    = taints.value.key
      value  = taints.value.value
      effect = taints.value.effect
    }
  }

  lifecycle {
    # The autoscaler decides.
    ignore_changes = [node_quantity]
  }
}
