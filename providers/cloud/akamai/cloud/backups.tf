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

# For this bucket alone. bootstrap/seed copies it into the store.
resource "linode_object_storage_key" "velero" {
  label = "${local.name}-velero"

  bucket_access {
    bucket_name = linode_object_storage_bucket.backups.label
    region      = linode_object_storage_bucket.backups.region
    permissions = "read_write"
  }
}

locals {
  storage = one(data.linode_object_storage_endpoints.storage.endpoints)
}

data "linode_object_storage_endpoints" "storage" {
  filter {
    name   = "s3_endpoint"
    values = [#{ hcl(akamai_storage_endpoint) }#]
  }

  lifecycle {
    postcondition {
      condition     = length(self.endpoints) == 1
      error_message = "Your account has no Object Storage endpoint of this name; answer akamai_storage_endpoint anew."
    }
  }
}

output "backup_bucket" {
  description = "The bucket of Velero's backups."
  value       = linode_object_storage_bucket.backups.label
}

output "velero_s3_access_key_id" {
  description = "Velero's key, for bootstrap/seed."
  value       = linode_object_storage_key.velero.access_key
}

output "velero_s3_secret_access_key" {
  description = "Velero's key, for bootstrap/seed."
  value       = linode_object_storage_key.velero.secret_key
  sensitive   = true
}
