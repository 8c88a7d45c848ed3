# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
terraform {
  required_version = "~> 1.12.0"

  required_providers {
    vault = {
      source  = "hashicorp/vault"
      version = "5.11.0"
    }
  }
}
