# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Made empty; bootstrap/ pushes the first commit. To adopt a repository that exists: see the README beside the roots.
resource "github_repository" "platform" {
  name        = local.repository
  description = local.description
  visibility  = "private"
  topics      = ["argocd", "gitops", "platform"]
  auto_init   = false

  # One commit on the branch for each pull request, which is what Argo CD applies and what a revert takes back.
  allow_squash_merge          = true
  allow_merge_commit          = false
  allow_rebase_merge          = false
  squash_merge_commit_title   = "PR_TITLE"
  squash_merge_commit_message = "PR_BODY"
  allow_update_branch         = true
  delete_branch_on_merge      = true

  has_issues   = true
  has_projects = false
  has_wiki     = false

  archive_on_destroy = true
}

resource "github_branch_default" "platform" {
  count = var.bootstrapping ? 0 : 1

  repository = github_repository.platform.name
  branch     = local.branch
}

# Actions of GitHub itself, and the one that installs tofu; the workflows pin each to a commit.
resource "github_actions_repository_permissions" "platform" {
  repository      = github_repository.platform.name
  allowed_actions = "selected"

  allowed_actions_config {
    github_owned_allowed = true
    verified_allowed     = false
    patterns_allowed     = ["opentofu/setup-opentofu@*"]
  }
}

# The pipelines of applications use .github/workflows/application.yaml.
resource "github_actions_repository_access_level" "platform" {
  repository   = github_repository.platform.name
  access_level = "organization"
}

# Holds the secret DELIVERY_TOKEN, for workflows on the branch that everything is merged to (docs/delivery.md).
resource "github_repository_environment" "delivery" {
  repository  = github_repository.platform.name
  environment = "delivery"

  deployment_branch_policy {
    protected_branches     = false
    custom_branch_policies = true
  }
}

resource "github_repository_environment_deployment_policy" "delivery" {
  repository     = github_repository.platform.name
  environment    = github_repository_environment.delivery.environment
  branch_pattern = local.branch
}

resource "github_workflow_repository_permissions" "platform" {
  repository                       = github_repository.platform.name
  default_workflow_permissions     = "read"
  can_approve_pull_request_reviews = false
}
