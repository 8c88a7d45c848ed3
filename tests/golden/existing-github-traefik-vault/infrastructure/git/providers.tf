# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# GITHUB_TOKEN says as whom.
provider "github" {
  base_url = "https://github.com/"
  owner    = local.owner
}

# VAULT_ADDR and VAULT_TOKEN say where and as whom; the token lives for minutes, so it needs no child of its own.
# Nothing is asked of the store while `bootstrapping`.
provider "vault" {
  skip_child_token = true
}
