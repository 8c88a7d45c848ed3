# Patch releases come by themselves; a new minor version is an answer, and recycles the nodes one by one.
resource "linode_lke_cluster" "platform" {
  label       = local.name
  region      = local.region
  k8s_version = local.kubernetes_version
  tags        = [local.name]
#% if cw_pools and not module %#

  # Pools with this tag are resources of their own (pools.tf).
  external_pool_tags = ["${local.name}-more"]
#% endif %#

  control_plane {
    # Cannot be switched off again.
    high_availability = true

    # What is not listed does not reach the API server. The cluster's own nodes always do.
    acl {
      enabled = true

      addresses {
        ipv4 = local.api_allowed_cidrs
      }
    }
  }

  pool {
    label           = local.name
    type            = local.node_type
    tags            = [local.name]
    disk_encryption = "enabled"

    autoscaler {
      min = local.nodes_min
      max = local.nodes_max
    }
  }
}
