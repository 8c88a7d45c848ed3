# Images of the applications. A tag never moves, and what lost its tag goes after two weeks.
resource "google_artifact_registry_repository" "apps" {
  repository_id = "${local.name}-apps"
  location      = local.region
  format        = "DOCKER"
  description   = "Images of the applications on ${local.name}"

  docker_config {
    immutable_tags = true
  }

  cleanup_policies {
    id     = "untagged"
    action = "DELETE"

    condition {
      tag_state  = "UNTAGGED"
      older_than = "1209600s"
    }
  }
}

resource "google_artifact_registry_repository_iam_member" "nodes" {
  repository = google_artifact_registry_repository.apps.name
  location   = local.region
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.nodes.member
}

output "image_repository" {
  description = "Where images of applications are pushed to; every node may pull from it."
  value       = "${local.region}-docker.pkg.dev/${local.project}/${google_artifact_registry_repository.apps.repository_id}"
}
