variable "platform" {
  description = "The platform, whose identities it shares."
  type        = string
}

variable "name" {
  description = "The cluster: the name of the platform and its own."
  type        = string
}

variable "region" {
  description = "The Azure region."
  type        = string
}

variable "kubernetes_version" {
  description = "The minor version of Kubernetes."
  type        = string
}

variable "network" {
  description = "The address range of its virtual network."
  type        = string
}

variable "node_type" {
  description = "The size of the virtual machines that the nodes are."
  type        = string
}

variable "nodes" {
  description = "The fewest and the most nodes."
  type        = object({ min = number, max = number })
}

variable "api_allowed_cidrs" {
  description = "Who reaches its API server beside its own network and the management cluster."
  type        = list(string)
}
