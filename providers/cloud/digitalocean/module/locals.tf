locals {
  name               = var.name
  region             = var.region
  kubernetes_version = var.kubernetes_version
  vpc_cidr           = var.network
  api_allowed_cidrs  = var.api_allowed_cidrs
  node_size          = var.node_type
  nodes_min          = var.nodes.min
  nodes_max          = var.nodes.max
}
