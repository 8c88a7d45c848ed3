# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# One group in each zone, because a volume never leaves its zone: the autoscaler can then add a node where the waiting
# pod's volume is. The smallest and largest numbers of nodes are spread over the groups, the remainder to the first.
locals {
  node_zones = min(length(local.zones), local.nodes_max)

  node_groups = {
    for index in range(local.node_zones) : "${local.name}-${index + 1}" => {
      subnet_ids     = [local.node_subnets[index]]
      instance_types = [local.node_type]
      ami_type       = local.node_arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD"

      min_size     = floor(local.nodes_min / local.node_zones) + (index < local.nodes_min % local.node_zones ? 1 : 0)
      max_size     = floor(local.nodes_max / local.node_zones) + (index < local.nodes_max % local.node_zones ? 1 : 0)
      desired_size = floor(local.nodes_min / local.node_zones) + (index < local.nodes_min % local.node_zones ? 1 : 0)

      iam_role_path                 = local.iam_path
      iam_role_permissions_boundary = aws_iam_policy.boundary.arn
      node_repair_config            = { enabled = true }

      block_device_mappings = {
        root = {
          device_name = "/dev/xvda"
          ebs = {
            volume_size           = 60
            volume_type           = "gp3"
            encrypted             = true
            delete_on_termination = true
          }
        }
      }

      # One hop: a pod cannot reach the node's own credentials.
      metadata_options = {
        http_endpoint               = "enabled"
        http_tokens                 = "required"
        http_put_response_hop_limit = 1
      }
    }
  }

  node_arm = contains(data.aws_ec2_instance_type.node.supported_architectures, "arm64")
}

data "aws_ec2_instance_type" "node" {
  instance_type = local.node_type
}
