# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
output "people" {
  description = "Who may sign in, and in which teams."
  value       = { for name, person in local.people : name => person.teams }
}
