#% from '_shared/quote.jinja' import hcl %#
# Where Velero puts backups. DigitalOcean refuses to delete the bucket while anything is in it.
resource "digitalocean_spaces_bucket" "backups" {
  name   = #{ hcl(backup_bucket) }#
  region = local.region
  acl    = "private"

  versioning {
    enabled = true
  }

  # Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
  lifecycle_rule {
    id                                     = "old-versions"
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7

    noncurrent_version_expiration {
      days = 30
    }
  }
}

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = digitalocean_spaces_bucket.backups.name
}
