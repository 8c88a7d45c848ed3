# Writes the records of DNS-01 challenges into the one hosted zone.
module "cert_manager" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-cert-manager"
  use_name_prefix          = false
  path                     = local.iam_path
  policy_name_prefix       = "${local.name}-"
  permissions_boundary_arn = local.boundary_arn

  attach_cert_manager_policy = true
  cert_manager_hosted_zone_arns = [
    "arn:${local.partition}:route53:::hostedzone/#{ route53_zone_id }#",
  ]

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "cert-manager"
      service_account = "cert-manager"
    }
  }
}
