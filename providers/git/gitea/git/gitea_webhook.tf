# Tells Atlantis of pull requests, comments and pushes, inside the cluster. Both ends read the secret from the store.
resource "gitea_repository_webhook" "atlantis" {
  count = var.bootstrapping ? 0 : 1

  username      = local.owner
  name          = gitea_repository.platform.name
  type          = "gitea"
  active        = true
  branch_filter = "*"
  events        = ["issue_comment", "pull_request", "pull_request_comment", "pull_request_review_approved", "push"]
  url           = "http://atlantis.atlantis.svc.cluster.local/events"
  content_type  = "json"
  secret        = data.vault_kv_secret_v2.webhook[0].data["secret"]
}

data "vault_kv_secret_v2" "webhook" {
  count = var.bootstrapping ? 0 : 1

  mount = "secret"
  name  = "platform/atlantis/webhook"
}
