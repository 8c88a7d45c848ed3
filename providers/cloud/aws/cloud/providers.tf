#% from '_shared/quote.jinja' import hcl %#
provider "aws" {
  region              = local.region
  allowed_account_ids = [local.account_id]

  default_tags {
    tags = {
      platform   = local.name
      managed-by = #{ hcl(iac) }#
      root       = "infrastructure/cloud"
      repository = #{ hcl(cw_git.web) }#
    }
  }
}
