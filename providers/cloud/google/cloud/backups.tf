#% from '_shared/quote.jinja' import hcl %#
# Where Velero puts backups. Google Cloud refuses to delete the bucket while anything is in it.
resource "google_storage_bucket" "backups" {
  name                        = #{ hcl(backup_bucket) }#
  location                    = local.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  encryption {
    default_kms_key_name = google_kms_crypto_key_iam_member.backups.crypto_key_id
  }

  # Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 30
    }

    action {
      type = "Delete"
    }
  }
}

# Backups hold Secrets: the project's viewers and editors, whom a new bucket lets read, see their names only.
resource "google_storage_bucket_iam_binding" "backups" {
  for_each = toset(["legacyBucketOwner", "legacyObjectOwner", "legacyObjectReader"])

  bucket  = google_storage_bucket.backups.name
  role    = "roles/storage.${each.key}"
  members = ["projectOwner:${local.project}"]
}

resource "google_kms_crypto_key_iam_member" "backups" {
  crypto_key_id = "${local.keys}/backups"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = data.google_storage_project_service_account.storage.member
}

data "google_storage_project_service_account" "storage" {}

resource "google_storage_bucket_iam_member" "velero" {
  bucket = google_storage_bucket.backups.name
  role   = "roles/storage.objectUser"
  member = local.velero
}

# `velero backup logs` downloads by a signed link, and only a service account can sign one. What the link opens, that
# account must be able to read.
locals {
  velero = "${local.workloads}/ns/velero/sa/velero"
}

resource "google_service_account" "velero" {
  account_id   = "${local.name}-velero"
  display_name = "Signs links to the backups of ${local.name}"
}

resource "google_storage_bucket_iam_member" "velero_links" {
  bucket = google_storage_bucket.backups.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.velero.member
}

resource "google_service_account_iam_member" "velero_links" {
  service_account_id = google_service_account.velero.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.velero
}

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = google_storage_bucket.backups.name
}
