#% from 'providers/cloud/vultr/releases.jinja' import releases %#
locals {
  name               = var.name
  region             = var.region
  kubernetes_release = local.releases[var.kubernetes_version]
  vpc_cidr           = var.network
  node_plan          = var.node_type
  nodes_min          = var.nodes.min
  nodes_max          = var.nodes.max

  # That of the management cluster's minor version is an answer, vultr_kubernetes_release; the others are the template's.
  releases = {
#% for minor, release in (releases | combine({kubernetes_version: vultr_kubernetes_release})) | dictsort %#
    "#{ minor }#" = "#{ release }#"
#% endfor %#
  }
}
