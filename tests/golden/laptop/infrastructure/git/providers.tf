# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# GITEA_BASE_URL and GITEA_TOKEN say where and as whom.
provider "gitea" {}

# VAULT_ADDR and VAULT_TOKEN say where and as whom; the token lives for minutes, so it needs no child of its own.
# Nothing is asked of the store while `bootstrapping`.
provider "vault" {
  skip_child_token = true
}
