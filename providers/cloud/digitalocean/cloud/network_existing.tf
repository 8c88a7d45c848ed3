#% from '_shared/quote.jinja' import hcl %#
# The VPC was there before the platform. Nothing here changes it.
locals {
  vpc_id = data.digitalocean_vpc.platform.id
}

data "digitalocean_vpc" "platform" {
  id = #{ hcl(digitalocean_vpc_id) }#

  lifecycle {
    postcondition {
      condition     = self.region == local.region
      error_message = "The VPC is in ${self.region}, and the cluster in ${local.region}; answer digitalocean_vpc_id anew."
    }
  }
}
