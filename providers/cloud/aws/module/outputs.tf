output "issuer" {
  description = "Where anybody can verify tokens of its ServiceAccounts."
  value       = module.cluster.cluster_oidc_issuer_url
}

output "connection" {
  description = "How Argo CD reaches it."
  value = {
    server = module.cluster.cluster_endpoint
    ca     = base64decode(module.cluster.cluster_certificate_authority_data)
  }
}
