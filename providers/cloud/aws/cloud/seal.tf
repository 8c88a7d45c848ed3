#% from '_shared/quote.jinja' import hcl %#
# Unseals the store. Without this key neither the store nor any of its backups can be opened again.
resource "aws_kms_key" "seal" {
  description             = "Seal of the secrets store of ${local.name}"
  deletion_window_in_days = 30
  enable_key_rotation     = true
}

resource "aws_kms_alias" "seal" {
  name          = "alias/${local.name}-seal"
  target_key_id = aws_kms_key.seal.key_id
}

module "seal" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-#{ secrets_engine }#"
  use_name_prefix          = false
  path                     = local.iam_path
  permissions_boundary_arn = aws_iam_policy.boundary.arn

  attach_custom_policy      = true
  custom_policy_description = "Seal and unseal the secrets store"
  policy_statements = [
    {
      sid       = "Seal"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]
      resources = [aws_kms_key.seal.arn]
    },
  ]

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = #{ hcl(secrets_engine) }#
      service_account = #{ hcl(secrets_engine) }#
    }
  }
}

output "seal_key_arn" {
  description = "The key that unseals the store."
  value       = aws_kms_key.seal.arn
}
