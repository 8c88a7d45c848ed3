# May resize only the groups that this cluster owns.
module "cluster_autoscaler" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-cluster-autoscaler"
  use_name_prefix          = false
  path                     = local.iam_path
  policy_name_prefix       = "${local.name}-"
  permissions_boundary_arn = local.boundary_arn

  attach_cluster_autoscaler_policy = true
  cluster_autoscaler_cluster_names = [module.cluster.cluster_name]

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "kube-system"
      service_account = "cluster-autoscaler"
    }
  }
}
