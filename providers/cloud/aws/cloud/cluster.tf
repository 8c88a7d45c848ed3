module "cluster" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.19.0"

  name               = local.name
  kubernetes_version = local.kubernetes_version

  # What EKS does when its standard support of that version ends: #{ 'raise it' if kubernetes_support == 'standard' else 'keep it for another year, at a price' }#.
  upgrade_policy = {
    support_type = "#{ kubernetes_support | upper }#"
  }

  vpc_id                   = local.vpc_id
  subnet_ids               = local.node_subnets
  control_plane_subnet_ids = local.control_plane_subnets

#% if api_access == 'private' and not module %#
  # Reached from the VPC, and from the networks joined to it that are named.
  endpoint_private_access = true
  endpoint_public_access  = false

  security_group_additional_rules = {
    for index, range in #{ 'distinct(concat(local.api_allowed_cidrs, [data.aws_vpc.peer.cidr_block]))' if cw_cloud.peered is defined else 'local.api_allowed_cidrs' }# : "joined-${index + 1}" => {
      description = "API server, for a joined network"
      type        = "ingress"
      protocol    = "tcp"
      from_port   = 443
      to_port     = 443
      cidr_blocks = [range]
    }
  }
#% else %#
  endpoint_private_access      = true
  endpoint_public_access       = true
  endpoint_public_access_cidrs = local.api_allowed_cidrs
#% endif %#

#% if module %#
  # Secrets are encrypted with a key of EKS: one of its own would be a key that Atlantis may not delete with the cluster.
  create_kms_key    = false
  encryption_config = null
  enabled_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
#% else %#
  # Secrets are encrypted with a key of the cluster's own, which IAM alone hands out.
  create_kms_key          = true
  enable_kms_key_rotation = true
  kms_key_administrators  = ["arn:${local.partition}:iam::${local.account_id}:root"]
  enabled_log_types       = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
#% endif %#

  # Workloads get their rights from Pod Identity, so there is no OIDC provider to trust.
  authentication_mode = "API"
  enable_irsa         = false
  access_entries      = local.access_entries

#% if module %#
  iam_role_use_name_prefix      = false
#% endif %#
  iam_role_path                 = local.iam_path
  iam_role_permissions_boundary = local.boundary_arn
  encryption_policy_path        = local.iam_path

  addons                  = local.addons
  eks_managed_node_groups = local.node_groups
}
