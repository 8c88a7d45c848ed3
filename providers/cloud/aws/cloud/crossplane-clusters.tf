#% from '_shared/quote.jinja' import hcl %#
# Crossplane makes workload clusters as this role, from the roots in infrastructure/clusters: networks, EKS clusters and
# their logs, but nothing of what the management cluster is made of, and roles that carry the boundary and the name of one
# of its clusters. It has no boundary of its own, because that makes no roles; so a person applies what changes here.
locals {
  crossplane_clusters = [for name in #{ hcl(cw_fleet.crossplane) }# : "${local.name}-${name}"]
  crossplane_roles = [
    for name in local.crossplane_clusters : "arn:${local.partition}:iam::${local.account_id}:role${local.iam_path}${name}-*"
  ]
  crossplane_policies = [
    for name in local.crossplane_clusters : "arn:${local.partition}:iam::${local.account_id}:policy${local.iam_path}${name}-*"
  ]
  crossplane_states = [
    for name in #{ hcl(cw_fleet.crossplane) }# : "${local.state_bucket_arn}/clusters-${name}.tfstate"
  ]
}

resource "aws_iam_role" "crossplane_clusters" {
  name               = "${local.name}-crossplane-clusters"
  path               = local.iam_path
  description        = "What Crossplane may do to make workload clusters"
  assume_role_policy = data.aws_iam_policy_document.crossplane_clusters_trust.json
}

data "aws_iam_policy_document" "crossplane_clusters_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }
  }
}

resource "aws_eks_pod_identity_association" "crossplane_clusters" {
  cluster_name    = module.cluster.cluster_name
  namespace       = "crossplane-system"
  service_account = "provider-opentofu"
  role_arn        = aws_iam_role.crossplane_clusters.arn
}

resource "aws_iam_role_policy" "crossplane_clusters" {
  name   = "own"
  role   = aws_iam_role.crossplane_clusters.name
  policy = data.aws_iam_policy_document.crossplane_clusters.json
}

data "aws_iam_policy_document" "crossplane_clusters" {
  statement {
    sid       = "Clusters"
    actions   = ["autoscaling:Describe*", "ec2:*", "eks:*", "logs:*", "ssm:GetParameter*"]
    resources = ["*"]
  }

  statement {
    sid       = "NotThePlatform"
    effect    = "Deny"
    actions   = ["ec2:*", "eks:*", "logs:*"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/root"
      values   = ["infrastructure/cloud"]
    }
  }

  statement {
    sid       = "ReadIdentities"
    actions   = ["iam:Get*", "iam:List*"]
    resources = ["*"]
  }

  statement {
    sid       = "ServiceRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:${local.partition}:iam::${local.account_id}:role/aws-service-role/eks*"]
  }

#% set roles, policies_and_roles = 'local.crossplane_roles', 'concat(local.crossplane_policies, local.crossplane_roles)' %#
#% include 'providers/cloud/aws/roles.tf' %#

  statement {
    sid       = "NotItself"
    effect    = "Deny"
    actions   = ["iam:*Role*"]
    resources = [aws_iam_role.crossplane_clusters.arn]
  }

  # The states of its clusters, and of no other root.
  statement {
    sid       = "ListStates"
    actions   = ["s3:ListBucket"]
    resources = [local.state_bucket_arn]
  }

  statement {
    sid       = "States"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = local.crossplane_states
  }

  statement {
    sid       = "Locks"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = [for state in local.crossplane_states : "${state}.tflock"]
  }

  statement {
    sid       = "StateKey"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    resources = ["arn:${local.partition}:kms:${local.region}:${local.account_id}:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = [local.state_key_alias]
    }
  }
}
