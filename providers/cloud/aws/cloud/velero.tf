# Reads and writes the bucket of the backups#{ ', with the key that encrypts it' if backup_storage == 'platform' }#.
module "velero" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-velero"
  use_name_prefix          = false
  path                     = local.iam_path
  policy_name_prefix       = "${local.name}-"
  permissions_boundary_arn = aws_iam_policy.boundary.arn

  attach_velero_policy       = true
  velero_s3_bucket_arns      = [local.backup_bucket_arn]
  velero_s3_bucket_path_arns = ["${local.backup_bucket_arn}/*"]
#% if backup_storage == 'platform' %#
  velero_kms_arns            = [aws_kms_key.backups.arn]
#% endif %#

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "velero"
      service_account = "velero"
    }
  }
}

locals {
  backup_bucket_arn = "arn:${local.partition}:s3:::#{ backup_bucket }#"
}
