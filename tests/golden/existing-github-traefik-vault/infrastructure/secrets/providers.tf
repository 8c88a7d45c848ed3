# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# VAULT_ADDR and VAULT_TOKEN say where and as whom; the token lives for minutes, so it needs no child of its own.
provider "vault" {
  skip_child_token = true
}
