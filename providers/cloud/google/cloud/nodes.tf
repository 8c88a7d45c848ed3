# Each pool is in three zones. Its name has the minor version in it: another version makes a new pool, and when that is
# there GKE drains the old one, by the rules of PodDisruptionBudgets. Patches replace one node after the other.
locals {
  first_pool = { type = local.node_type, min = local.nodes_min, max = local.nodes_max, labels = {}, taints = [] }
  node_pools = merge({ nodes = local.first_pool }, local.pools)
}

resource "google_container_node_pool" "nodes" {
  for_each = local.node_pools

  name     = "${each.key}-${replace(local.kubernetes_version, ".", "-")}"
  cluster  = google_container_cluster.platform.id
  location = local.region

  # In each zone; from then on the autoscaler decides, for all zones together.
  initial_node_count = each.value.min > 0 ? 1 : 0

  autoscaling {
    total_min_node_count = each.value.min
    total_max_node_count = each.value.max
    location_policy      = "BALANCED"
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  node_config {
    machine_type    = each.value.type
    disk_type       = "pd-balanced"
    disk_size_gb    = 100
    image_type      = "COS_CONTAINERD"
    service_account = local.nodes_account
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    labels          = each.value.labels

    dynamic "taint" {
      for_each = each.value.taints

      content {
        key    = taint.value.key
        value  = taint.value.value
        effect = upper(replace(taint.value.effect, "/([a-z])([A-Z])/", "$${1}_$${2}"))
      }
    }

    metadata = {
      disable-legacy-endpoints = "true"
    }

    # A pod gets the identity of its ServiceAccount, and never the node's own.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [initial_node_count]
  }
}
#% if not module %#

# There was one pool before there could be more.
moved {
  from = google_container_node_pool.nodes
  to   = google_container_node_pool.nodes["nodes"]
}
#% endif %#
