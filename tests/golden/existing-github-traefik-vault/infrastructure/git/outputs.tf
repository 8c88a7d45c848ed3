# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
output "repository" {
  description = "Where the repository is."
  value       = github_repository.platform.html_url
}
