#% from '_shared/quote.jinja' import hcl %#
# Patch releases come and go at DigitalOcean, so the newest of the minor version is looked up; a new one shows in a plan,
# unless the cluster has taken it by itself by then.
data "digitalocean_kubernetes_versions" "offered" {
  version_prefix = "${local.kubernetes_version}."

  lifecycle {
    postcondition {
      condition     = length(self.valid_versions) > 0
      error_message = "DigitalOcean does not offer Kubernetes ${local.kubernetes_version}; answer kubernetes_version anew."
    }
  }
}

resource "digitalocean_kubernetes_cluster" "platform" {
  name     = local.name
  region   = local.region
  version  = data.digitalocean_kubernetes_versions.offered.latest_version
  vpc_uuid = local.vpc_id
  tags     = [local.name]

  # It cannot be switched off again.
  ha            = #{ 'true' if digitalocean_ha else 'false' }#
  auto_upgrade  = true
  surge_upgrade = true

  maintenance_policy {
    day        = #{ hcl(maintenance_day) }#
    start_time = "#{ '%02d' | format(maintenance_hour) }#:00"
  }

#% if module or api_access == 'allow-listed' %#
  # Nodes reach the API server by a way of their own.
  control_plane_firewall {
    enabled           = #{ '!contains(local.api_allowed_cidrs, "0.0.0.0/0")' if module else 'true' }#
    allowed_addresses = local.api_allowed_cidrs
  }

#% endif %#
#% if digitalocean_registry != 'none' %#
  # Nodes pull from the account's registry without a secret in each namespace.
  registry_integration = true

#% endif %#
  # Load balancers and volumes are removed by #{ 'draining the cluster' if module else 'bootstrap/down' }#, where a person sees it.
  destroy_all_associated_resources = false

  node_pool {
    name       = "platform"
    size       = local.node_size
    auto_scale = true
    min_nodes  = local.nodes_min
    max_nodes  = local.nodes_max
    tags       = [local.name]
  }
#% if digitalocean_registry != 'none' and not module %#

  depends_on = [digitalocean_container_registry.platform]
#% endif %#
}
