# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
provider "aws" {
  region              = local.region
  allowed_account_ids = [local.account_id]

  default_tags {
    tags = {
      platform   = local.name
      managed-by = "opentofu"
      root       = "infrastructure/cloud"
      repository = "https://github.com/acme-dev/gitops"
    }
  }
}
