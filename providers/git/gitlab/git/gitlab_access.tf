#% from '_shared/quote.jinja' import hcl %#
# Teams are groups below the one that owns the repository. Nobody makes projects in them.
resource "gitlab_group" "team" {
  for_each = merge(
    {
      (local.admin_team)     = "Runs the platform"
      (local.developer_team) = "Ships applications on the platform"
    },
    { for team in local.teams : team => "Looks after its own applications on the platform" },
  )

  name                         = each.key
  path                         = each.key
  parent_id                    = data.gitlab_group.owner.id
  description                  = each.value
  visibility_level             = "private"
  project_creation_level       = "noone"
  subgroup_creation_level      = "owner"
  request_access_enabled       = false
  permanently_remove_on_delete = true
}

# Settings of the project are changed here, so nobody needs to own it.
resource "gitlab_project_share_group" "team" {
  for_each = merge(
    {
      (local.admin_team)     = "maintainer"
      (local.developer_team) = "developer"
    },
    { for team in local.teams : team => "developer" },
  )

  project      = gitlab_project.platform.id
  group_id     = gitlab_group.team[each.key].id
  group_access = each.value
}

data "gitlab_user" "person" {
  for_each = toset([for member in local.memberships : member.account])

  username = each.key
}

# The role counts in the project only, as far as the team has it there.
resource "gitlab_group_membership" "people" {
  for_each = local.memberships

  group_id     = gitlab_group.team[each.value.team].id
  user_id      = data.gitlab_user.person[each.value.account].id
  access_level = each.value.team == local.admin_team ? "maintainer" : "developer"
}

# Every change comes by a merge request#{ ' that code owners have approved' if gitlab_plan == 'premium' else ', and only maintainers merge it' }#. To break the glass, a
# maintainer unprotects the branch; GitLab records that, and the next plan of this root shows it.
resource "gitlab_branch_protection" "platform" {
  count = var.bootstrapping ? 0 : 1

  project            = gitlab_project.platform.id
  branch             = local.branch
  push_access_level  = "no one"
  merge_access_level = #{ hcl('developer' if gitlab_plan == 'premium' else 'maintainer') }#
  allow_force_push   = false
#% if gitlab_plan == 'premium' %#

  code_owner_approval_required = true
#% endif %#
}
