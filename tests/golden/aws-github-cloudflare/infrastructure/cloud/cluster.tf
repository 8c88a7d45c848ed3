# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
module "cluster" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.19.0"

  name               = local.name
  kubernetes_version = local.kubernetes_version

  # What EKS does when its standard support of that version ends: keep it for another year, at a price.
  upgrade_policy = {
    support_type = "EXTENDED"
  }

  vpc_id                   = local.vpc_id
  subnet_ids               = local.node_subnets
  control_plane_subnet_ids = local.control_plane_subnets

  endpoint_private_access      = true
  endpoint_public_access       = true
  endpoint_public_access_cidrs = local.api_allowed_cidrs

  # Secrets are encrypted with a key of the cluster's own, which IAM alone hands out.
  create_kms_key          = true
  enable_kms_key_rotation = true
  kms_key_administrators  = ["arn:${local.partition}:iam::${local.account_id}:root"]
  enabled_log_types       = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  # Workloads get their rights from Pod Identity, so there is no OIDC provider to trust.
  authentication_mode = "API"
  enable_irsa         = false
  access_entries      = local.access_entries

  iam_role_path                 = local.iam_path
  iam_role_permissions_boundary = local.boundary_arn
  encryption_policy_path        = local.iam_path

  addons                  = local.addons
  eks_managed_node_groups = local.node_groups
}
