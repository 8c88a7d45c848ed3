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

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = google_storage_bucket.backups.name
}
