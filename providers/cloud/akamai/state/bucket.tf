#% from '_shared/quote.jinja' import hcl %#
resource "linode_object_storage_bucket" "state" {
  label         = #{ hcl(state_bucket) }#
  region        = local.storage.region
  endpoint_type = local.storage.endpoint_type
  s3_endpoint   = local.storage.s3_endpoint
  acl           = "private"
  cors_enabled  = false
  versioning    = true

  # Old versions are the way back from a state that was damaged.
  lifecycle_rule {
    id                                     = "old-versions"
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      days = 90
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

locals {
  storage = one(data.linode_object_storage_endpoints.storage.endpoints)
}

# Which region the endpoint belongs to, and of which kind it is.
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

output "bucket" {
  description = "The bucket that holds every state of this platform."
  value       = linode_object_storage_bucket.state.label
}
