# Argo CD signs in to the workload clusters that are made here as this role. It has no rights in AWS; each cluster says
# what it may do there (infrastructure/modules/aws-cluster).
module "argo_cd" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                     = "${local.name}-argo-cd"
  use_name_prefix          = false
  path                     = local.iam_path
  permissions_boundary_arn = local.boundary_arn

  associations = {
    controller = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "argocd"
      service_account = "argocd-application-controller"
    }
    server = {
      cluster_name    = module.cluster.cluster_name
      namespace       = "argocd"
      service_account = "argocd-server"
    }
  }
}
