# Writes the records of the platform's routes into the one hosted zone.
module "external_dns" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-external-dns"
  use_name_prefix          = false
  path                     = local.iam_path
  policy_name_prefix       = "${local.name}-"
  permissions_boundary_arn = local.boundary_arn

  attach_external_dns_policy = true
  external_dns_hosted_zone_arns = [
    "arn:${local.partition}:route53:::hostedzone/#{ route53_zone_id }#",
  ]

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "external-dns"
      service_account = "external-dns"
    }
  }
}
