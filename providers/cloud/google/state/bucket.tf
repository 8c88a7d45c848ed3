#% from '_shared/quote.jinja' import hcl %#
resource "google_storage_bucket" "state" {
  name                        = #{ hcl(state_bucket) }#
  location                    = local.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }

  encryption {
    default_kms_key_name = google_kms_crypto_key.platform["state"].id
  }

  # Old versions are the way back from a state that was damaged; the twenty newest are always kept.
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 90
      num_newer_versions         = 20
    }

    action {
      type = "Delete"
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.storage]

  lifecycle {
    prevent_destroy = true
  }
}

# Cloud Storage itself encrypts, as a service account of the project that Google runs.
resource "google_kms_crypto_key_iam_member" "storage" {
  crypto_key_id = google_kms_crypto_key.platform["state"].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = data.google_storage_project_service_account.storage.member
}

data "google_storage_project_service_account" "storage" {
  depends_on = [google_project_service.platform]
}

# A new bucket lets every viewer of the project read what is in it, and every editor write. A state is for the project's
# owners; who else needs one is let in by a role of its own, such as storage.objectUser.
resource "google_storage_bucket_iam_binding" "legacy" {
  for_each = toset(["legacyBucketOwner", "legacyObjectOwner", "legacyObjectReader"])

  bucket  = google_storage_bucket.state.name
  role    = "roles/storage.${each.key}"
  members = ["projectOwner:${local.project}"]
}

output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = google_storage_bucket.state.name
}
