output "cluster_name" {
  description = "The name of the cluster."
  value       = google_container_cluster.platform.name
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = google_container_cluster.platform.endpoint
}

output "kubeconfig_command" {
  description = "Adds the cluster to your kubeconfig."
  value       = "gcloud container clusters get-credentials ${local.name} --location ${local.region} --project ${local.project}#{ ' --dns-endpoint' if cw_cloud.way_in is defined }#"
}

output "network" {
  description = "The network, for roots that join or peer with it."
  value       = local.network
}

output "subnetwork" {
  description = "The subnetwork of the nodes."
  value       = local.subnetwork
}

output "nodes_service_account" {
  description = "The service account of the nodes, which needs rights to pull images from elsewhere."
  value       = google_service_account.nodes.email
}

output "workloads" {
  description = "Members of Google Cloud begin with this for ServiceAccounts of the cluster; /ns/NAMESPACE/sa/NAME follows."
  value       = local.workloads
}
