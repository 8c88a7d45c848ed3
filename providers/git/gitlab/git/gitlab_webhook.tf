#% from '_shared/quote.jinja' import hcl %#
# Tells Atlantis of merge requests, comments and pushes. Both ends read the secret from the store.
resource "gitlab_project_hook" "atlantis" {
  count = var.bootstrapping ? 0 : 1

  project                 = gitlab_project.platform.id
  name                    = "Atlantis"
  url                     = #{ hcl('https://atlantis.' ~ base_domain ~ '/events') }#
  token                   = data.vault_kv_secret_v2.webhook[0].data["secret"]
  merge_requests_events   = true
  note_events             = true
  push_events             = true
  enable_ssl_verification = true
}

data "vault_kv_secret_v2" "webhook" {
  count = var.bootstrapping ? 0 : 1

  mount = "secret"
  name  = "platform/atlantis/webhook"
}
