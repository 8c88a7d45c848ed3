# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
terraform {
  required_version = "~> 1.12.0"

  required_providers {
    github = {
      source  = "integrations/github"
      version = "6.13.0"
    }
    vault = {
      source  = "hashicorp/vault"
      version = "5.11.0"
    }
  }
}
