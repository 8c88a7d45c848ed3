# A new release, patch or minor, is an answer: Vultr upgrades nothing by itself.
resource "vultr_kubernetes" "platform" {
  label   = local.name
  region  = local.region
  version = local.kubernetes_release
  vpc_id  = local.vpc_id

  # Neither can be switched on or off later.
  ha_controlplanes = #{ 'true' if vultr_ha else 'false' }#
  enable_firewall  = true

  node_pools {
    label         = "platform"
    plan          = local.node_plan
    node_quantity = local.nodes_min
    auto_scaler   = true
    min_nodes     = local.nodes_min
    max_nodes     = local.nodes_max
  }

  lifecycle {
    # The autoscaler decides.
    ignore_changes = [node_pools[0].node_quantity]
  }
}
