#% set words = {'region': 'The region of Google Cloud.',
  'network': 'The address range of its network: half of it for pods.',
  'node_type': 'The machine type of the nodes.',
  'api_allowed_cidrs': 'Who reaches its API server beside its own network and the management cluster.'} %#
variable "platform" {
  description = "The platform, whose service account the nodes run as."
  type        = string
}

#% include '_shared/cluster-variables.tf' %#
