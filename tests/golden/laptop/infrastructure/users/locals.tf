# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  teams = ["platform-admins", "developers"]

  # One entry in fleet.yaml is one person, here, in the teams' groups and, by infrastructure/git, on the git host.
  people = { for person in yamldecode(file("${path.module}/../../fleet.yaml")).people : person.name => person }
}
