# An add-on runs the version that EKS names the default for the cluster's Kubernetes version. Which versions exist
# differs by Kubernetes version and region, so a pin would break on the next upgrade; a new default shows in a plan.
locals {
  addons = {
    vpc-cni = {
      most_recent    = false
      before_compute = true
      configuration_values = jsonencode({
        enableNetworkPolicy = "true"
        env                 = { ENABLE_PREFIX_DELEGATION = "true", WARM_PREFIX_TARGET = "1" }
      })
    }
    eks-pod-identity-agent = {
      most_recent    = false
      before_compute = true
    }
    kube-proxy     = { most_recent = false }
    coredns        = { most_recent = false }
    metrics-server = { most_recent = false }
    aws-ebs-csi-driver = {
      most_recent              = false
      configuration_values     = jsonencode({ defaultStorageClass = { enabled = true } })
      pod_identity_association = [{ role_arn = module.ebs_csi.iam_role_arn, service_account = "ebs-csi-controller-sa" }]
    }
  }
}

# The default StorageClass (gp3) names no key: this #{ 'finds' if module else 'makes' }# every new volume of the account in this region encrypted.
#% if module %#
data "aws_ebs_encryption_by_default" "volumes" {
  lifecycle {
    postcondition {
      condition     = self.enabled
      error_message = "Volumes in ${local.region} are not encrypted by default; run: aws ec2 enable-ebs-encryption-by-default --region ${local.region}"
    }
  }
}
#% else %#
resource "aws_ebs_encryption_by_default" "volumes" {
  enabled = true
}
#% endif %#

module "ebs_csi" {
  source  = "terraform-aws-modules/eks-pod-identity/aws"
  version = "2.8.1"

  name                      = "${local.name}-ebs-csi"
  use_name_prefix           = false
  path                      = local.iam_path
  policy_name_prefix        = "${local.name}-"
  permissions_boundary_arn  = local.boundary_arn
  attach_aws_ebs_csi_policy = true
}
