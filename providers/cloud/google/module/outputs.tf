output "issuer" {
  description = "Where anybody can verify tokens of its ServiceAccounts."
  value       = "https://container.googleapis.com/v1/${google_container_cluster.platform.id}"
}

output "connection" {
  description = "How Argo CD reaches it."
  value = {
    server = "https://${google_container_cluster.platform.endpoint}"
    ca     = base64decode(google_container_cluster.platform.master_auth[0].cluster_ca_certificate)
  }
}
