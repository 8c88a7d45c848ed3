# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = [local.account_id]

  default_tags {
    tags = {
      platform   = "acme"
      managed-by = "opentofu"
      root       = "infrastructure/state"
      repository = "https://github.com/acme-dev/gitops"
    }
  }
}
