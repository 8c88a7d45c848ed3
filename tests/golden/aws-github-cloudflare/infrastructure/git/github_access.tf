# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Closed means visible to the organisation, which code owners must be.
resource "github_team" "admins" {
  name        = local.admin_team
  description = "Runs the platform"
  privacy     = "closed"
}

resource "github_team" "developers" {
  name        = local.developer_team
  description = "Ships applications on the platform"
  privacy     = "closed"
}

resource "github_team" "applications" {
  for_each = local.teams

  name        = each.key
  description = "Looks after its own applications on the platform"
  privacy     = "closed"
}

# Settings of the repository are changed here, so nobody needs to be its administrator.
resource "github_team_repository" "admins" {
  team_id    = github_team.admins.id
  repository = github_repository.platform.name
  permission = "maintain"
}

resource "github_team_repository" "developers" {
  team_id    = github_team.developers.id
  repository = github_repository.platform.name
  permission = "push"
}

resource "github_team_repository" "applications" {
  for_each = local.teams

  team_id    = github_team.applications[each.key].id
  repository = github_repository.platform.name
  permission = "push"
}

resource "github_team_membership" "people" {
  for_each = local.memberships

  team_id = (
    each.value.team == local.admin_team ? github_team.admins.id :
    each.value.team == local.developer_team ? github_team.developers.id : github_team.applications[each.value.team].id
  )
  username = each.value.account
}

# GitHub enforces rulesets on private repositories from the plan Team upwards, and refuses them on Free.
resource "github_repository_ruleset" "branch" {
  count = var.bootstrapping ? 0 : 1

  name        = "platform"
  repository  = github_repository.platform.name
  target      = "branch"
  enforcement = "active"

  conditions {
    ref_name {
      include = ["refs/heads/${local.branch}"]
      exclude = []
    }
  }

  # Breaks the glass: an administrator may merge a pull request that lacks something, which GitHub then shows on it.
  bypass_actors {
    actor_id    = github_team.admins.id
    actor_type  = "Team"
    bypass_mode = "pull_request"
  }

  rules {
    deletion                = true
    non_fast_forward        = true
    required_linear_history = true

    pull_request {
      required_approving_review_count   = 1
      require_code_owner_review         = true
      dismiss_stale_reviews_on_push     = true
      require_last_push_approval        = true
      required_review_thread_resolution = true
    }

    required_status_checks {
      strict_required_status_checks_policy = true

      required_check {
        context = "check"
      }
    }
  }

  depends_on = [github_team_repository.admins]
}
