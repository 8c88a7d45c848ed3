output "cluster_name" {
  description = "The name of the cluster."
  value       = azurerm_kubernetes_cluster.platform.name
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = "https://${azurerm_kubernetes_cluster.platform.fqdn}"
}

output "kubeconfig_command" {
  description = "Adds the cluster to your kubeconfig."
  value       = "az aks get-credentials --resource-group ${azurerm_resource_group.platform.name} --name ${local.name}#{ ' --public-fqdn' if api_access == 'private' }#"
}

output "oidc_issuer_url" {
  description = "What further identities trust: pods of this cluster sign in with its tokens."
  value       = azurerm_kubernetes_cluster.platform.oidc_issuer_url
}

output "virtual_network_id" {
  description = "The network, for roots that join or peer with it."
  value       = local.virtual_network_id
}

output "node_subnet_id" {
  description = "The subnet of the nodes."
  value       = local.node_subnet_id
}
