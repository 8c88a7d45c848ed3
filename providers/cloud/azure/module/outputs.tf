output "issuer" {
  description = "Where anybody can verify tokens of its ServiceAccounts."
  value       = azurerm_kubernetes_cluster.platform.oidc_issuer_url
}

output "connection" {
  description = "How Argo CD reaches it, and as whom; nothing of it is a secret."
  value = {
    server    = "https://${azurerm_kubernetes_cluster.platform.fqdn}"
    ca        = nonsensitive(base64decode(azurerm_kubernetes_cluster.platform.kube_config[0].cluster_ca_certificate))
    client_id = data.azurerm_user_assigned_identity.platform["argo-cd"].client_id
  }
}
