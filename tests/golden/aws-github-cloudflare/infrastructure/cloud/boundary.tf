# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# The most that any role of this platform may do, whatever its policies say: no role makes or widens identities, and
# none touches the states. Atlantis can only make roles that carry this boundary, and cannot change it.
resource "aws_iam_policy" "boundary" {
  name        = "${local.name}-boundary"
  path        = local.iam_path
  description = "The most that a role of the platform ${local.name} may do"
  policy      = data.aws_iam_policy_document.boundary.json
}

data "aws_iam_policy_document" "boundary" {
  statement {
    sid         = "AllButIdentities"
    not_actions = ["account:*", "iam:*", "organizations:*"]
    resources   = ["*"]
  }

  # What load balancers, node groups and autoscaling need of IAM; a service's own role cannot be used by anybody else.
  statement {
    sid       = "ReadIdentities"
    actions   = ["iam:CreateServiceLinkedRole", "iam:Get*", "iam:List*"]
    resources = ["*"]
  }

  statement {
    sid       = "NoStates"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.state_bucket_arn, "${local.state_bucket_arn}/*"]
  }

  statement {
    sid       = "NoStateKey"
    effect    = "Deny"
    actions   = ["kms:*"]
    resources = ["*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = [local.state_key_alias]
    }
  }
}

locals {
  boundary_arn = aws_iam_policy.boundary.arn
}

locals {
  state_bucket_arn = "arn:${local.partition}:s3:::acme-state-123456789012"
}

locals {
  state_key_alias = "alias/${local.name}-state"
}
