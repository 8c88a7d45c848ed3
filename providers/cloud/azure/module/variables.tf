#% set words = {'region': 'The Azure region.',
  'network': 'The address range of its virtual network.',
  'node_type': 'The size of the virtual machines that the nodes are.',
  'api_allowed_cidrs': 'Who reaches its API server beside its own network and the management cluster.'} %#
variable "platform" {
  description = "The platform, whose identities it shares."
  type        = string
}

#% include '_shared/cluster-variables.tf' %#
