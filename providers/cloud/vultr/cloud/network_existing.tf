#% from '_shared/quote.jinja' import hcl %#
# The VPC was there before the platform. Nothing here changes it.
locals {
  vpc_id = data.vultr_vpc.platform.id
}

data "vultr_vpc" "platform" {
  filter {
    name   = "id"
    values = [#{ hcl(vultr_vpc_id) }#]
  }

  lifecycle {
    postcondition {
      condition     = self.region == local.region
      error_message = "The VPC is in ${self.region}, and the cluster in ${local.region}; answer vultr_vpc_id anew."
    }
  }
}
