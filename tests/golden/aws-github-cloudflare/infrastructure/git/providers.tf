# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# The App's private key comes from GITHUB_APP_PEM_FILE: the key itself, not its path.
provider "github" {
  base_url = "https://github.com/"
  owner    = local.owner

  app_auth {
    id              = "123456"
    installation_id = "7654321"
    pem_file        = var.github_app_pem_file
  }
}

# VAULT_ADDR and VAULT_TOKEN say where and as whom; the token lives for minutes, so it needs no child of its own.
# Nothing is asked of the store while `bootstrapping`.
provider "vault" {
  skip_child_token = true
}
