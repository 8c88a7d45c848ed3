output "cluster_name" {
  description = "The name of the cluster."
  value       = civo_kubernetes_cluster.platform.name
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = civo_kubernetes_cluster.platform.api_endpoint
}

output "kubeconfig_command" {
  description = "Adds the cluster to your kubeconfig."
  value       = "civo kubernetes config ${local.name} --region #{ civo_region }# --save"
}

output "network_id" {
  description = "The network, for roots that join it."
  value       = local.network_id
}
