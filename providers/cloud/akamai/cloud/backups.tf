#% from '_shared/quote.jinja' import hcl %#
# Where Velero puts backups. Akamai refuses to delete the bucket while anything is in it.
resource "linode_object_storage_bucket" "backups" {
  label         = #{ hcl(backup_bucket) }#
  region        = local.storage.region
  endpoint_type = local.storage.endpoint_type
  s3_endpoint   = local.storage.s3_endpoint
  acl           = "private"
  cors_enabled  = false
  versioning    = true

  # Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
  lifecycle_rule {
    id                                     = "old-versions"
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      days = 30
    }
  }
}

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = linode_object_storage_bucket.backups.label
}
