# An issue from one of the templates starts the job that answers it (.gitlab-ci.yml). GitLab knows the token anyway.
resource "gitlab_pipeline_trigger" "requests" {
  count = var.bootstrapping ? 0 : 1

  project     = gitlab_project.platform.id
  description = "Issues that ask for a change"
}

resource "gitlab_project_hook" "requests" {
  count = var.bootstrapping ? 0 : 1

  project = gitlab_project.platform.id
  name    = "Requests"
  url = join("", [
    "#{ cw_git.api }#/projects/${gitlab_project.platform.id}/ref/${urlencode(local.branch)}/trigger/pipeline",
    "?token=${gitlab_pipeline_trigger.requests[0].token}",
  ])
  issues_events           = true
  push_events             = false
  enable_ssl_verification = true
}
