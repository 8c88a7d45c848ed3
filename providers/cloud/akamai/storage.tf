#% from '_shared/quote.jinja' import hcl %#
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
