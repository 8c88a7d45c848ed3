locals {
  name               = var.name
  kubernetes_version = var.kubernetes_version
  network_cidr       = var.network
  api_allowed_cidrs  = var.api_allowed_cidrs
  node_size          = var.node_type
  nodes              = var.nodes.max
}
