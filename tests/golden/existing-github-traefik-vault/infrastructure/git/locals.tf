# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  owner          = "onprem"
  repository     = "gitops"
  branch         = "main"
  admin_team     = "platform-admins"
  developer_team = "developers"
  description    = "The platform onprem: what runs, where, and who may change it"

  fleet = yamldecode(file("${path.module}/../../fleet.yaml"))

  # Teams that look after applications of their own.
  teams = setsubtract(
    [for application in try(local.fleet.applications, []) : application.team if can(application.team)],
    [local.admin_team, local.developer_team],
  )

  # Who is in which team: people of fleet.yaml with a git_user, as "<team>/<account>".
  memberships = {
    for pair in flatten([
      for person in local.fleet.people : [
        for team in person.teams : { team = team, account = person.git_user } if can(person.git_user)
      ]
    ]) : "${pair.team}/${pair.account}" => pair
  }
}
