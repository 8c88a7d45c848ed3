# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Whoever applies this root first runs the cluster. The name is written down once: were it read again on every plan, the
# next one to apply, Atlantis included, would take the place of the first. Others are let in by local_access.tf.
locals {
  access_entries = {
    administrator = {
      principal_arn = terraform_data.administrator.output
      policy_associations = {
        administrator = {
          policy_arn   = "arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}

resource "terraform_data" "administrator" {
  input = data.aws_iam_session_context.current.issuer_arn

  lifecycle {
    ignore_changes = [input]
  }
}

data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}

data "aws_caller_identity" "current" {}
