# The first thing in AWS that Crossplane may make: buckets whose names begin with the platform's, but for those that
# hold states and backups. More comes in local_crossplane.tf, by policies for the role that the output names.
module "crossplane" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-crossplane"
  use_name_prefix          = false
  path                     = local.iam_path
  policy_name_prefix       = "${local.name}-"
  permissions_boundary_arn = aws_iam_policy.boundary.arn

  attach_custom_policy      = true
  custom_policy_description = "What Crossplane may do in AWS"
  source_policy_documents   = [data.aws_iam_policy_document.crossplane.json]

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "crossplane-system"
      service_account = "provider-aws"
    }
  }
}

data "aws_iam_policy_document" "crossplane" {
  statement {
    sid       = "Buckets"
    actions   = ["s3:*"]
    resources = ["arn:${local.partition}:s3:::${local.name}-*"]
  }

  statement {
    sid     = "NotThese"
    effect  = "Deny"
    actions = ["s3:*"]
    resources = [
#% if 'velero' in components %#
      local.backup_bucket_arn,
      "${local.backup_bucket_arn}/*",
#% endif %#
#% if state_storage != 'gitlab' %#
      local.state_bucket_arn,
      "${local.state_bucket_arn}/*",
#% endif %#
    ]
  }
}

output "crossplane_role" {
  description = "The role of Crossplane's AWS provider."
  value       = module.crossplane.iam_role_name
}
