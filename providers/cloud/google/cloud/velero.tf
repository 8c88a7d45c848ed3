#% from '_shared/quote.jinja' import hcl %#
# Velero reads and writes the bucket of the backups.
resource "google_storage_bucket_iam_member" "velero" {
  bucket = local.backup_bucket
  role   = "roles/storage.objectUser"
  member = local.velero
}

# `velero backup logs` downloads by a signed link, and only a service account can sign one. What the link opens, that
# account must be able to read.
locals {
  velero        = "${local.workloads}/ns/velero/sa/velero"
  backup_bucket = #{ 'google_storage_bucket.backups.name' if backup_storage == 'platform' else hcl(backup_bucket) }#
}

resource "google_service_account" "velero" {
  account_id   = "${local.name}-velero"
  display_name = "Signs links to the backups of ${local.name}"
}

resource "google_storage_bucket_iam_member" "velero_links" {
  bucket = local.backup_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.velero.member
}

resource "google_service_account_iam_member" "velero_links" {
  service_account_id = google_service_account.velero.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.velero
}
