# May make load balancers, and change only those that carry the cluster's tag.
module "aws_load_balancer_controller" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-aws-load-balancer-controller"
  use_name_prefix          = false
  path                     = local.iam_path
  policy_name_prefix       = "${local.name}-"
  permissions_boundary_arn = local.boundary_arn

  attach_aws_lb_controller_policy = true

  associations = {
    platform = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "kube-system"
      service_account = "aws-load-balancer-controller"
    }
  }
}
