# Atlantis plans with one role and applies with another; its pod may assume both and nothing else. That keeps a plan
# from changing anything by mistake, but it is no wall: a plan runs what a pull request says, and could assume the other
# role. The wall is who may open pull requests, what needs approval, and the boundary. Atlantis changes neither its own
# roles nor the boundary: a person with more rights applies such a change.
module "atlantis" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-atlantis"
  use_name_prefix          = false
  path                     = local.iam_path
  permissions_boundary_arn = aws_iam_policy.boundary.arn

  attach_custom_policy      = true
  custom_policy_description = "Assume the roles that plan and apply"
  policy_statements = [
    {
      sid       = "PlanAndApply"
      actions   = ["sts:AssumeRole", "sts:TagSession"]
      resources = [for role in aws_iam_role.atlantis : role.arn]
    },
  ]

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "atlantis"
      service_account = "atlantis"
    }
  }
}

resource "aws_iam_role" "atlantis" {
  for_each = local.atlantis_policies

  name               = "${local.name}-atlantis-${each.key}"
  path               = local.iam_path
  description        = "What Atlantis may do to ${each.key}"
  assume_role_policy = data.aws_iam_policy_document.atlantis_trust.json
}

# The account is trusted by name, and only this one role of it, which may not exist yet.
data "aws_iam_policy_document" "atlantis_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account_id}:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:${local.partition}:iam::${local.account_id}:role${local.iam_path}${local.name}-atlantis"]
    }
  }
}

locals {
  atlantis_policies = {
    plan  = { managed = "ReadOnlyAccess", own = data.aws_iam_policy_document.atlantis_plan.json }
    apply = { managed = "PowerUserAccess", own = data.aws_iam_policy_document.atlantis_apply.json }
  }

  own_roles    = "arn:${local.partition}:iam::${local.account_id}:role${local.iam_path}*"
  own_policies = "arn:${local.partition}:iam::${local.account_id}:policy${local.iam_path}*"
#% if state_storage != 'gitlab' %#
  own_state    = ["${local.state_bucket_arn}/*.tfstate", "${local.state_bucket_arn}/*.tfstate.tflock"]
#% endif %#
}

resource "aws_iam_role_policy_attachment" "atlantis" {
  for_each = local.atlantis_policies

  role       = aws_iam_role.atlantis[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value.managed}"
}

resource "aws_iam_role_policy" "atlantis" {
  for_each = local.atlantis_policies

  name   = "own"
  role   = aws_iam_role.atlantis[each.key].name
  policy = each.value.own
}

# Plans read the account#{ ' and the states, and write nothing but the lock' if state_storage != 'gitlab' else ', and write nothing' }#.
data "aws_iam_policy_document" "atlantis_plan" {
#% if state_storage != 'gitlab' %#
  statement {
    sid       = "Lock"
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = ["${local.state_bucket_arn}/*.tfstate.tflock"]
  }

#% endif %#
#% if cw_cloud.state %#
  statement {
    sid       = "StateKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:${local.partition}:kms:${local.region}:${local.account_id}:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = [local.state_key_alias]
    }
  }

#% endif %#
#% if state_storage != 'gitlab' %#
  statement {
    sid           = "NoOtherObjects"
    effect        = "Deny"
    actions       = ["s3:GetObject*"]
    not_resources = local.own_state
  }
#% else %#
  statement {
    sid       = "NoObjects"
    effect    = "Deny"
    actions   = ["s3:GetObject*"]
    resources = ["*"]
  }
#% endif %#
}

# Applies may do what the account's services allow, and make roles and policies below the platform's own path; such a
# role must carry the boundary.
data "aws_iam_policy_document" "atlantis_apply" {
  statement {
    sid       = "ReadIdentities"
    actions   = ["iam:Get*", "iam:List*", "iam:SimulatePrincipalPolicy"]
    resources = ["*"]
  }

#% set roles, policies_and_roles = '[local.own_roles]', '[local.own_policies, local.own_roles]' %#
#% include 'providers/cloud/aws/roles.tf' %#

  statement {
    sid    = "NotItself"
    effect = "Deny"
    actions = [
      "iam:AttachRolePolicy",
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy*",
      "iam:DeleteRole*",
      "iam:DetachRolePolicy",
      "iam:PutRole*",
      "iam:SetDefaultPolicyVersion",
      "iam:UpdateAssumeRolePolicy",
    ]
    resources = [
      "arn:${local.partition}:iam::${local.account_id}:role${local.iam_path}${local.name}-atlantis*",
      "arn:${local.partition}:iam::${local.account_id}:policy${local.iam_path}${local.name}-atlantis*",
      "arn:${local.partition}:iam::${local.account_id}:policy${local.iam_path}${local.name}-boundary",
#% if cw_fleet.crossplane %#
      "arn:${local.partition}:iam::${local.account_id}:role${local.iam_path}${local.name}-crossplane-clusters",
#% endif %#
    ]
  }

#% if state_storage != 'gitlab' %#
  statement {
    sid       = "KeepStates"
    effect    = "Deny"
    actions   = ["s3:DeleteBucket*", "s3:DeleteObjectVersion"]
    resources = [local.state_bucket_arn, "${local.state_bucket_arn}/*"]
  }

#% endif %#
  statement {
    sid       = "KeepKeys"
    effect    = "Deny"
    actions   = ["kms:DisableKey", "kms:ScheduleKeyDeletion"]
    resources = ["*"]
  }
}

output "atlantis_roles" {
  description = "The roles that Atlantis assumes to plan and to apply."
  value       = { for name, role in aws_iam_role.atlantis : name => role.arn }
}
