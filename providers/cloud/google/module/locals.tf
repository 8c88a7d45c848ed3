#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = var.name
  project            = data.google_project.current.project_id
  region             = var.region
  kubernetes_version = var.kubernetes_version
  cidr               = var.network
#% if network == 'made' %#
  api_allowed_cidrs  = concat(var.api_allowed_cidrs, [for one in data.google_compute_address.platform : "${one.address}/32"])
#% else %#
  api_allowed_cidrs  = var.api_allowed_cidrs
#% endif %#
  node_type          = var.node_type
  nodes_min          = var.nodes.min
  nodes_max          = var.nodes.max
  pools              = {}

  # Nodes are the platform's (infrastructure/cloud), which lets them write logs and pull its images.
  nodes_account = "${var.platform}-nodes@${local.project}.iam.gserviceaccount.com"
}
#% if network == 'made' %#

# Where requests of the management cluster come from, Argo CD's among them: its Cloud NAT.
data "google_compute_address" "platform" {
  count = 2

  name   = "${var.platform}-nat-${count.index + 1}"
  region = #{ hcl(google_region) }#
}
#% endif %#

data "google_project" "current" {}
