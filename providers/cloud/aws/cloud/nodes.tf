# One group of each pool in each zone, because a volume never leaves its zone: the autoscaler can then add a node where the
# waiting pod's volume is. The smallest and largest numbers of nodes are spread over the groups, the remainder to the first.
locals {
  first_pool = { type = local.node_type, min = local.nodes_min, max = local.nodes_max, labels = {}, taints = [] }
  node_pools = merge({ nodes = local.first_pool }, local.pools)
  pool_zones = { for name, pool in local.node_pools : name => min(length(local.zones), pool.max) }

  groups = flatten([
    for name, pool in local.node_pools : [
      for index in range(local.pool_zones[name]) : {
        name   = join("-", compact([local.name, name == "nodes" ? "" : name, index + 1]))
        first  = name == "nodes"
        pool   = pool
        subnet = local.node_subnets[index]
        arm    = contains(data.aws_ec2_instance_type.node[name].supported_architectures, "arm64")
        min    = floor(pool.min / local.pool_zones[name]) + (index < pool.min % local.pool_zones[name] ? 1 : 0)
        max    = floor(pool.max / local.pool_zones[name]) + (index < pool.max % local.pool_zones[name] ? 1 : 0)
      }
    ]
  ])

  node_groups = {
    for group in local.groups : group.name => {
      subnet_ids     = [group.subnet]
      instance_types = [group.pool.type]
      ami_type       = group.arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD"
      labels         = group.pool.labels

      taints = {
        for taint in group.pool.taints : "${taint.key}-${taint.effect}" => {
          key    = taint.key
          value  = taint.value
          effect = upper(replace(taint.effect, "/([a-z])([A-Z])/", "$${1}_$${2}"))
        }
      }

      min_size     = group.min
      max_size     = group.max
      desired_size = group.min

      # A longer name leaves no room for a suffix.
      iam_role_use_name_prefix      = #{ 'false' if module else 'group.first' }#
      iam_role_path                 = local.iam_path
      iam_role_permissions_boundary = local.boundary_arn
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
}

data "aws_ec2_instance_type" "node" {
  for_each = local.node_pools

  instance_type = each.value.type
}
