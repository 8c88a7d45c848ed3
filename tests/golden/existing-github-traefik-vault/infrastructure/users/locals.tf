# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  fleet = yamldecode(file("${path.module}/../../fleet.yaml"))
  teams = distinct(concat(
    ["platform-admins", "developers"],
    [for application in try(local.fleet.applications, []) : application.team if can(application.team)],
  ))

  # One entry in fleet.yaml is one person, here, in the teams' groups and, by infrastructure/git, on the git host.
  people = { for person in local.fleet.people : person.name => person }
}
