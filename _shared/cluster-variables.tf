variable "name" {
  description = "The cluster: the name of the platform and its own."
  type        = string
}

variable "region" {
  description = "The region."
  type        = string
}

variable "kubernetes_version" {
  description = "The minor version of Kubernetes."
  type        = string
}
#% if 'network' in cw_cloud.clusters %#

variable "network" {
  description = "The address range of its network."
  type        = string
}
#% endif %#

variable "node_type" {
  description = "What the nodes are, as the provider calls it."
  type        = string
}

variable "nodes" {
  description = "The fewest and the most nodes."
  type        = object({ min = number, max = number })
}
#% if 'api_allowed_cidrs' in cw_cloud.clusters.settings %#

variable "api_allowed_cidrs" {
  description = "Who reaches its API server, the management cluster included."
  type        = list(string)
}
#% endif %#
