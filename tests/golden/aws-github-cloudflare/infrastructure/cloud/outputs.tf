# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
output "cluster_name" {
  description = "The name of the cluster."
  value       = module.cluster.cluster_name
}

output "cluster_endpoint" {
  description = "The address of the cluster's API server."
  value       = module.cluster.cluster_endpoint
}

output "kubeconfig_command" {
  description = "Adds the cluster to your kubeconfig."
  value       = "aws eks update-kubeconfig --region ${local.region} --name ${module.cluster.cluster_name}"
}

output "vpc_id" {
  description = "The network, for roots that join or peer with it."
  value       = local.vpc_id
}

output "private_subnets" {
  description = "The subnets of the nodes."
  value       = local.node_subnets
}

output "node_security_group_id" {
  description = "The security group of the nodes."
  value       = module.cluster.node_security_group_id
}

output "permissions_boundary" {
  description = "The boundary that every role needs which Atlantis makes."
  value       = aws_iam_policy.boundary.arn
}
