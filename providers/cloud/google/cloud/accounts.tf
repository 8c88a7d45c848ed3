# What a node may do: write its logs and metrics, and pull images from this platform's registry (registry.tf).
resource "google_service_account" "nodes" {
  account_id   = "${local.name}-nodes"
  display_name = "Nodes of ${local.name}"
}

resource "google_project_iam_member" "nodes" {
  project = local.project
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.nodes.member
}

locals {
  nodes_account = google_service_account.nodes.email
}
