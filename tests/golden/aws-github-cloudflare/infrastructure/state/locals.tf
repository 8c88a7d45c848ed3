# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  account_id = "123456789012"
  name       = "acme-state"
}
