# Patch releases come and go at Civo, so the newest of the minor version is looked up; a new one shows in a plan.
data "civo_kubernetes_version" "offered" {
  filter {
    key    = "type"
    values = ["k3s"]
  }

  filter {
    key      = "version"
    values   = ["^${replace(local.kubernetes_version, ".", "\\.")}\\."]
    match_by = "re"
  }
}

locals {
  # By the number of the patch release, since 1.35.9 is older than 1.35.10.
  offered = {
    for found in data.civo_kubernetes_version.offered.versions :
    format("%05d", tonumber(regex("^[0-9]+\\.[0-9]+\\.([0-9]+)", found.version)[0])) => found.version...
  }
}

resource "civo_kubernetes_cluster" "platform" {
  name               = local.name
#% if module %#
  region             = var.region
#% endif %#
  cluster_type       = "k3s"
  kubernetes_version = try(reverse(values(local.offered))[0][0], local.kubernetes_version)
  network_id         = local.network_id
  firewall_id        = civo_firewall.cluster.id
  cni                = "cilium"

  # The platform brings its own gateway; metrics-server stays.
  applications = "-Traefik-v2-nodeport"

#% if module %#
  # The root makes accounts in it with the kubeconfig, which the state knows then.
  write_kubeconfig = true
#% else %#
  # bootstrap/ asks Civo for the kubeconfig; a state needs no administrator's key.
  write_kubeconfig = false
#% endif %#

  pools {
    label      = "platform"
    size       = local.node_size
    node_count = local.nodes
  }

  lifecycle {
    precondition {
      condition     = length(local.offered) > 0
      error_message = "Civo does not offer Kubernetes ${local.kubernetes_version}; answer kubernetes_version anew."
    }
  }
}
