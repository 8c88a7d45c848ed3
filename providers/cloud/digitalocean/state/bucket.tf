#% from '_shared/quote.jinja' import hcl %#
resource "digitalocean_spaces_bucket" "state" {
  name   = #{ hcl(state_bucket) }#
  region = #{ hcl(digitalocean_region) }#
  acl    = "private"

  versioning {
    enabled = true
  }

  # Old versions are the way back from a state that was damaged.
  lifecycle_rule {
    id                                     = "old-versions"
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7

    noncurrent_version_expiration {
      days = 90
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
