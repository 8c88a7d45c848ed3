#% from '_shared/pools.jinja' import hcl as pools %#
#% from '_shared/quote.jinja' import hcl %#
locals {
  name               = #{ hcl(platform_name) }#
  project            = #{ hcl(google_project) }#
  region             = #{ hcl(google_region) }#
  kubernetes_version = #{ hcl(kubernetes_version) }#
#% if network == 'made' %#
  cidr               = #{ hcl(google_cidr) }#
#% endif %#
  api_allowed_cidrs  = #{ hcl(google_api_allowed_cidrs) }#
  node_type          = #{ hcl(google_node_type) }#
  nodes_min          = #{ google_nodes_min }#
  nodes_max          = #{ google_nodes_max }#

#{ pools(cw_pools) | trim('\n') }#

  # The root state makes the keys.
  keys = "projects/${local.project}/locations/${local.region}/keyRings/#{ google_key_ring }#/cryptoKeys"

  # A ServiceAccount of the cluster as a member of Google Cloud; /ns/NAMESPACE/sa/NAME follows. The pool is the project's,
  # and its first cluster makes it, so whoever names it waits for the cluster.
  workloads = join("/", [
    "principal://iam.googleapis.com/projects/${data.google_project.current.number}/locations/global",
    "workloadIdentityPools/${google_container_cluster.platform.workload_identity_config[0].workload_pool}/subject",
  ])
}

data "google_project" "current" {}
