#% from '_shared/quote.jinja' import hcl %#
provider "aws" {
  region              = #{ hcl(cluster.settings.region) }#
  allowed_account_ids = [#{ hcl(aws_account_id) }#]

  default_tags {
    tags = {
      platform   = #{ hcl(platform_name) }#
      managed-by = #{ hcl(iac) }#
      root       = "infrastructure/clusters/#{ cluster.name }#"
      repository = #{ hcl(cw_git.web) }#
    }
  }
}
