# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
locals {
  name               = "acme"
  account_id         = "123456789012"
  region             = "eu-west-1"
  kubernetes_version = "1.35"
  vpc_cidr           = "10.0.0.0/16"
  api_allowed_cidrs  = ["203.0.113.0/24"]
  node_type          = "m7i.large"
  nodes_min          = 3
  nodes_max          = 6

  pools = {}

  partition = data.aws_partition.current.partition
  iam_path  = "/${local.name}/"
}

data "aws_partition" "current" {}
