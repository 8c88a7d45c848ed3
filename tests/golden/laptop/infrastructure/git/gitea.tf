# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Made empty; bootstrap/ pushes the first commit. It also makes the organisation and people's accounts, because that
# takes more rights than this root and Atlantis have.
resource "gitea_repository" "platform" {
  username           = local.owner
  name               = local.repository
  description        = local.description
  default_branch     = local.branch
  private            = true
  auto_init          = false
  archive_on_destroy = true
}

# A team with `admin` here has every right on this one repository, and none on the organisation.
resource "gitea_team" "admins" {
  organisation             = local.owner
  name                     = local.admin_team
  description              = "Runs the platform"
  permission               = "admin"
  can_create_repos         = false
  include_all_repositories = false
  repositories             = [gitea_repository.platform.name]
}

resource "gitea_team" "developers" {
  organisation             = local.owner
  name                     = local.developer_team
  description              = "Ships applications on the platform"
  permission               = "write"
  units                    = "[repo.code, repo.issues, repo.pulls]"
  can_create_repos         = false
  include_all_repositories = false
  repositories             = [gitea_repository.platform.name]
}

# Teams that look after applications of their own propose changes like developers.
resource "gitea_team" "applications" {
  for_each = local.teams

  organisation             = local.owner
  name                     = each.key
  description              = "Looks after its own applications on the platform"
  permission               = "write"
  units                    = "[repo.code, repo.issues, repo.pulls]"
  can_create_repos         = false
  include_all_repositories = false
  repositories             = [gitea_repository.platform.name]
}

resource "gitea_team_membership" "people" {
  for_each = local.memberships

  team_id = (
    each.value.team == local.admin_team ? gitea_team.admins.id :
    each.value.team == local.developer_team ? gitea_team.developers.id : gitea_team.applications[each.value.team].id
  )
  username = each.value.account
}

# Gitea lets administrators of the repository merge in spite of a rule. That breaks the glass; the pull request shows it.
resource "gitea_repository_branch_protection" "platform" {
  count = var.bootstrapping ? 0 : 1

  username  = local.owner
  name      = gitea_repository.platform.name
  rule_name = local.branch

  enable_push                             = false
  required_approvals                      = 1
  dismiss_stale_approvals                 = true
  block_merge_on_rejected_reviews         = true
  block_merge_on_official_review_requests = true
  block_merge_on_outdated_branch          = true

  # Once a runner is registered, let gitea_override.tf require the check too:
  # status_check_patterns = ["check / check (pull_request)"]
}
