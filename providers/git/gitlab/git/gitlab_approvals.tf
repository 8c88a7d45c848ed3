# What GitLab offers from the plan Premium upwards.
resource "gitlab_project_approval_rule" "anybody" {
  project            = gitlab_project.platform.id
  name               = "All Members"
  rule_type          = "any_approver"
  approvals_required = 1
}

# Whoever wrote a change approves none of it, and a change after the approval asks for another one.
resource "gitlab_project_level_mr_approvals" "platform" {
  project                                        = gitlab_project.platform.id
  merge_requests_author_approval                 = false
  merge_requests_disable_committers_approval     = true
  reset_approvals_on_push                        = true
  disable_overriding_approvers_per_merge_request = true
}

# Keys and credentials are refused as they are pushed, where they could still be taken back.
resource "gitlab_project_push_rules" "platform" {
  project         = gitlab_project.platform.id
  prevent_secrets = true
  deny_delete_tag = true
}
