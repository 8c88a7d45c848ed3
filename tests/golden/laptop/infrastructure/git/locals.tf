# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  owner          = "platform"
  repository     = "gitops"
  branch         = "main"
  admin_team     = "platform-admins"
  developer_team = "developers"
  description    = "The platform platform: what runs, where, and who may change it"

  fleet = yamldecode(file("${path.module}/../../fleet.yaml"))

  # Teams that look after applications of their own.
  teams = setsubtract(
    [for application in try(local.fleet.applications, []) : application.team if can(application.team)],
    [local.admin_team, local.developer_team],
  )

  # Who is in which team: people of fleet.yaml, by git_user or else by name, as "<team>/<account>".
  memberships = {
    for pair in flatten([
      for person in local.fleet.people : [
        for team in person.teams : { team = team, account = try(person.git_user, person.name) }
      ]
    ]) : "${pair.team}/${pair.account}" => pair
  }
}
