output "cluster_id" {
  description = "The ID of the cluster, which Vultr's API wants."
  value       = vultr_kubernetes.platform.id
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = vultr_kubernetes.platform.endpoint
}

output "kubeconfig" {
  description = "Lets whoever has it administer the cluster."
  value       = base64decode(vultr_kubernetes.platform.kube_config)
  sensitive   = true
}

output "vpc_id" {
  description = "The network, for roots that join it."
  value       = local.vpc_id
}
