# Argo CD runs the cluster, as the role that it has in the management cluster. People are let in by further access entries.
locals {
  access_entries = {
    argo-cd = {
      principal_arn = "arn:${local.partition}:iam::${local.account_id}:role${local.iam_path}${var.platform}-argo-cd"
      policy_associations = {
        administrator = {
          policy_arn   = "arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}
