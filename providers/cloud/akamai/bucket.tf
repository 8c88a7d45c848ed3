#% from '_shared/quote.jinja' import hcl %#
resource "linode_object_storage_bucket" "#{ bucket.resource }#" {
  label         = #{ hcl(bucket.name) }#
  region        = local.storage.region
  endpoint_type = local.storage.endpoint_type
  s3_endpoint   = local.storage.s3_endpoint
  acl           = "private"
  cors_enabled  = false
  versioning    = true

#% if bucket.states %#
  # Old versions are the way back from a state that was damaged.
#% else %#
  # Velero decides how long a backup lives; what it deleted, or somebody overwrote, can be had back for 30 days.
#% endif %#
  lifecycle_rule {
    id                                     = "old-versions"
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      days = #{ bucket.days }#
    }
  }
#% if bucket.states %#

  lifecycle {
    prevent_destroy = true
  }
#% endif %#
}
