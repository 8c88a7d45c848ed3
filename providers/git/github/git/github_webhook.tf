#% from '_shared/quote.jinja' import hcl %#
# Tells Atlantis of pull requests, comments and pushes. Both ends read the secret from the store.
resource "github_repository_webhook" "atlantis" {
  count = var.bootstrapping ? 0 : 1

  repository = github_repository.platform.name
  active     = true
  events     = ["issue_comment", "pull_request", "pull_request_review", "push"]

  configuration {
    url          = #{ hcl('https://atlantis.' ~ base_domain ~ '/events') }#
    content_type = "json"
    insecure_ssl = false
    secret       = data.vault_kv_secret_v2.webhook[0].data["secret"]
  }
}

data "vault_kv_secret_v2" "webhook" {
  count = var.bootstrapping ? 0 : 1

  mount = "secret"
  name  = "platform/atlantis/webhook"
}
