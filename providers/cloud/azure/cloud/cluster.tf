#% from '_shared/quote.jinja' import hcl %#
resource "azurerm_kubernetes_cluster" "platform" {
  name                = local.name
  resource_group_name = local.resource_group
  location            = local.location
  node_resource_group = "${local.name}-nodes"
  dns_prefix          = local.name
  tags                = local.tags

#% if kubernetes_support == 'extended' %#
  # With a guaranteed uptime of the API server, and two years of support for a minor version.
  sku_tier           = "Premium"
  support_plan       = "AKSLongTermSupport"
#% else %#
  # With a guaranteed uptime of the API server.
  sku_tier           = "Standard"
  support_plan       = "KubernetesOfficial"
#% endif %#
  kubernetes_version = local.kubernetes_version

  # Patches of this minor version and new node images come by themselves; the next minor version does not.
  automatic_upgrade_channel    = "patch"
  node_os_upgrade_channel      = "NodeImage"
  image_cleaner_enabled        = true
  image_cleaner_interval_hours = 168

  # People sign in with Entra only: there is no certificate of an administrator that could leak, and no way into the
  # cluster through Azure's own API.
  local_account_disabled            = true
  role_based_access_control_enabled = true
  run_command_enabled               = false

  # Pods sign in as their ServiceAccount#{ ' (identities.tf)' if not module }#.
  oidc_issuer_enabled       = true
  workload_identity_enabled = true

#% if module %#
  # Roles in Azure say who runs it: Argo CD, and whoever is let in by one.
#% endif %#
  azure_active_directory_role_based_access_control {
    tenant_id              = local.tenant_id
    admin_group_object_ids = [local.admin_group_id]
    azure_rbac_enabled     = #{ 'true' if module else 'false' }#
  }

#% if module %#
  # Nodes reach the API server by its public address too, from behind the NAT gateway. Azure has no range for everybody.
  dynamic "api_server_access_profile" {
    for_each = contains(var.api_allowed_cidrs, "0.0.0.0/0") ? [] : [1]

    content {
      authorized_ip_ranges = concat(local.api_allowed_cidrs, local.outbound_cidrs)
    }
  }

#% elif api_access == 'private' %#
  # Reached from the virtual network, and from what is joined to it; its name resolves everywhere.
  private_cluster_enabled             = true
  private_cluster_public_fqdn_enabled = true

#% elif api_access == 'allow-listed' %#
  # Nodes reach the API server by its public address too, from behind #{ 'the NAT gateway' if network == 'made' else 'whatever leads out of their network' }#.
  api_server_access_profile {
    authorized_ip_ranges = concat(local.api_allowed_cidrs, local.outbound_cidrs)
  }

#% endif %#
  identity {
    type         = "UserAssigned"
    identity_ids = [#{ 'data.azurerm_user_assigned_identity.platform["clusters-control-plane"].id' if module else 'azurerm_user_assigned_identity.cluster.id' }#]
  }
#% if module %#

  # What a node is in Azure: it pulls images from the platform's registry.
  kubelet_identity {
    user_assigned_identity_id = data.azurerm_user_assigned_identity.platform["clusters-nodes"].id
    client_id                 = data.azurerm_user_assigned_identity.platform["clusters-nodes"].client_id
    object_id                 = data.azurerm_user_assigned_identity.platform["clusters-nodes"].principal_id
  }
#% endif %#

  # For what AKS itself runs; everything else goes to the pool in nodes.tf.
  default_node_pool {
    name                         = "system"
    only_critical_addons_enabled = true
    vm_size                      = local.node_type
    orchestrator_version         = local.kubernetes_version
    auto_scaling_enabled         = true
    min_count                    = 2
    max_count                    = 3
    zones                        = local.zones
    vnet_subnet_id               = local.node_subnet_id
    max_pods                     = 110
    os_disk_size_gb              = 64
    temporary_name_for_rotation  = "systemtmp"
    tags                         = local.tags

    upgrade_settings {
      max_surge                = "1"
      drain_timeout_in_minutes = 30
    }
  }

  # Pods have addresses outside of the network, a /24 for each node: ranges that no private network uses.
  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_data_plane  = "cilium"
    network_policy      = "cilium"
    outbound_type       = #{ hcl('userDefinedRouting' if network == 'existing' and azure_outbound == 'routes' and not module else 'userAssignedNATGateway') }#
    load_balancer_sku   = "standard"
    pod_cidr            = "100.64.0.0/14"
    service_cidr        = "100.68.0.0/16"
    dns_service_ip      = "100.68.0.10"
  }

  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = #{ hcl(maintenance_day | capitalize) }#
    start_time  = "#{ '%02d' | format(maintenance_hour) }#:00"
    utc_offset  = "+00:00"
    duration    = 4
  }

  maintenance_window_node_os {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = #{ hcl(maintenance_day | capitalize) }#
    start_time  = "#{ '%02d' | format((maintenance_hour + 4) % 24) }#:00"
    utc_offset  = "+00:00"
    duration    = 4
  }

  depends_on = [
#% if network == 'made' or module %#
    azurerm_nat_gateway_public_ip_association.outbound,
    azurerm_subnet_nat_gateway_association.nodes,
#% endif %#
#% if not module %#
    azurerm_role_assignment.cluster_network,
#% endif %#
  ]
}
#% if not module %#

# What the control plane is in Azure: it joins nodes and load balancers to the subnet.
resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${local.name}-cluster"
  resource_group_name = local.resource_group
  location            = local.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "cluster_network" {
  scope                = local.node_subnet_id
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}
#% endif %#
