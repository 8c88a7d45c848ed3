#% set words = {'region': 'The AWS region.',
  'network': 'The address range of its VPC.',
  'node_type': 'The EC2 instance type of the nodes.',
  'api_allowed_cidrs': 'Who reaches its API server beside its own VPC and the management cluster.'} %#
variable "platform" {
  description = "The platform, whose roles and boundary are used."
  type        = string
}

#% include '_shared/cluster-variables.tf' %#
