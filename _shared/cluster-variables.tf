#| What every module of a made cluster takes. `words` says what its cloud calls a thing, where that helps. |#
#% set words = words | default({}) %#
variable "name" {
  description = "The cluster: the name of the platform and its own."
  type        = string
}

variable "region" {
  description = "#{ words.region | default('The region.') }#"
  type        = string
}

variable "kubernetes_version" {
  description = "The minor version of Kubernetes."
  type        = string
}
#% if 'network' in cw_cloud.clusters %#

variable "network" {
  description = "#{ words.network | default('The address range of its network.') }#"
  type        = string
}
#% endif %#

variable "node_type" {
  description = "#{ words.node_type | default('What the nodes are, as the provider calls it.') }#"
  type        = string
}

variable "nodes" {
  description = "The fewest and the most nodes."
  type        = object({ min = number, max = number })
}
#% if 'api_allowed_cidrs' in cw_cloud.clusters.settings %#

variable "api_allowed_cidrs" {
  description = "#{ words.api_allowed_cidrs | default('Who reaches its API server, the management cluster included.') }#"
  type        = list(string)
}
#% endif %#
