#% include '_shared/pools.tf' %#

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

#% include '_shared/taints.tf' %#
}
