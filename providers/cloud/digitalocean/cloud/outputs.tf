output "cluster_name" {
  description = "The name of the cluster."
  value       = digitalocean_kubernetes_cluster.platform.name
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = digitalocean_kubernetes_cluster.platform.endpoint
}

output "kubeconfig_command" {
  description = "Adds the cluster to your kubeconfig."
  value       = "doctl kubernetes cluster kubeconfig save ${local.name} --alias ${local.name}"
}

output "vpc_id" {
  description = "The network, for roots that join or peer with it."
  value       = local.vpc_id
}
