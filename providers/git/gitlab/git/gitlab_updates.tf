# Starts the job `update` of .gitlab-ci.yml, which does nothing without the variable UPDATE_TOKEN (docs/runbooks/upgrade.md).
# GitLab runs it for whoever applies this root, who has to be allowed to merge to the branch.
resource "gitlab_pipeline_schedule" "updates" {
  count = var.bootstrapping ? 0 : 1

  project     = gitlab_project.platform.id
  description = "Next version of the template"
  ref         = "refs/heads/${local.branch}"
  cron        = "17 5 * * 1"
}
