output "cluster_id" {
  description = "The number of the cluster, which Akamai's API wants."
  value       = linode_lke_cluster.platform.id
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = linode_lke_cluster.platform.api_endpoints[0]
}

output "kubeconfig" {
  description = "Lets whoever has it administer the cluster."
  value       = base64decode(linode_lke_cluster.platform.kubeconfig)
  sensitive   = true
}
