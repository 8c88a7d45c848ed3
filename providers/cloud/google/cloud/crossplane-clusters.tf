#% from '_shared/quote.jinja' import hcl %#
# Crossplane makes workload clusters as this service account, from the roots in infrastructure/clusters: networks, firewall
# rules and GKE clusters. Google knows no narrower roles, so it could change those of the management cluster too; it has no
# keys, service accounts or rights of the project in its hands. A person applies what changes here.
locals {
  crossplane_bucket   = #{ hcl(state_bucket) }#
  crossplane_clusters = #{ hcl(cw_fleet.crossplane) }#
}

resource "google_service_account" "crossplane_clusters" {
  account_id   = "${local.name}-fleet"
  display_name = "What Crossplane may do to make workload clusters of ${local.name}"
}

resource "google_service_account_iam_member" "crossplane_clusters" {
  service_account_id = google_service_account.crossplane_clusters.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "${local.workloads}/ns/crossplane-system/sa/provider-opentofu"
}

resource "google_project_iam_member" "crossplane_clusters" {
  for_each = toset([
    "roles/browser",
    "roles/compute.networkAdmin",
    "roles/compute.securityAdmin",
    "roles/container.clusterAdmin",
  ])

  project = local.project
  role    = each.key
  member  = google_service_account.crossplane_clusters.member
}

# Their nodes run as the nodes' service account.
resource "google_service_account_iam_member" "crossplane_clusters_nodes" {
  service_account_id = google_service_account.nodes.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.crossplane_clusters.member
}

# The states of its clusters, and of no other root.
resource "google_storage_bucket_iam_member" "crossplane_clusters_list" {
  bucket = local.crossplane_bucket
  role   = "roles/storage.legacyBucketReader"
  member = google_service_account.crossplane_clusters.member
}

resource "google_storage_bucket_iam_member" "crossplane_clusters" {
  for_each = toset(local.crossplane_clusters)

  bucket = local.crossplane_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.crossplane_clusters.member

  condition {
    title      = "state of ${each.key}"
    expression = "resource.name.startsWith(\"projects/_/buckets/${local.crossplane_bucket}/objects/clusters-${each.key}/\")"
  }
}

# It opens what OpenTofu encrypted.
resource "google_kms_crypto_key_iam_member" "crossplane_clusters" {
  crypto_key_id = "${local.keys}/state"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = google_service_account.crossplane_clusters.member
}
