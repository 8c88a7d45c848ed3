# It exists already: on gitlab.com nothing but the website makes a group that is in no other.
data "gitlab_group" "owner" {
  full_path = local.owner
}

# Made empty; bootstrap/ pushes the first commit. To adopt a project that exists: see the README beside the roots.
resource "gitlab_project" "platform" {
  name             = local.repository
  path             = local.repository
  namespace_id     = data.gitlab_group.owner.id
  description      = local.description
  visibility_level = "private"
  topics           = ["argocd", "gitops", "platform"]
  default_branch   = var.bootstrapping ? null : local.branch

  # One commit on the branch for each merge request, which is what Argo CD applies and what a revert takes back. It is
  # merged as it was checked: on top of all that was merged before.
  merge_method                     = "ff"
  squash_option                    = "always"
  squash_commit_template           = "%%{title} (%%{reference})\n\n%%{description}"
  remove_source_branch_after_merge = true

  only_allow_merge_if_pipeline_succeeds            = true
  allow_merge_on_skipped_pipeline                  = false
  only_allow_merge_if_all_discussions_are_resolved = true

  # Who reads this repository is a member of it, and works on branches of it.
  forking_access_level   = "disabled"
  request_access_enabled = false
  public_jobs            = false

  # Jobs check, and change nothing.
  auto_devops_enabled                         = false
  auto_cancel_pending_pipelines               = "enabled"
  ci_pipeline_variables_minimum_override_role = "no_one_allowed"
  ci_push_repository_for_job_token_allowed    = false
  ci_separated_caches                         = true

  container_registry_access_level = "disabled"
  packages_enabled                = false
  pages_access_level              = "disabled"
  snippets_access_level           = "disabled"
  wiki_access_level               = "disabled"

  archive_on_destroy = true

  # There is no branch to wait for, since the project is empty.
  skip_wait_for_default_branch_protection = true
}
