#% from '_shared/quote.jinja' import hcl %#
provider "aws" {
  region              = #{ hcl(aws_region) }#
  allowed_account_ids = [local.account_id]

  default_tags {
    tags = {
      platform   = #{ hcl(platform_name) }#
      managed-by = #{ hcl(iac) }#
      root       = "infrastructure/state"
      repository = #{ hcl(cw_git.web) }#
    }
  }
}
