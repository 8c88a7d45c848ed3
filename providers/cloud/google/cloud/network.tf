# One range, cut up: the lower half for pods, a sixteenth each for nodes and Services, and 16 addresses of the next
# sixteenth for the control plane.
locals {
  network    = google_compute_network.platform.id
  subnetwork = google_compute_subnetwork.nodes.id

  pods_cidr          = cidrsubnet(local.cidr, 1, 0)
  nodes_cidr         = cidrsubnet(local.cidr, 4, 8)
  services_cidr      = cidrsubnet(local.cidr, 4, 9)
  control_plane_cidr = cidrsubnet(cidrsubnet(local.cidr, 4, 10), 28 - (tonumber(split("/", local.cidr)[1]) + 4), 0)
}

resource "google_compute_network" "platform" {
  name                    = local.name
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}

resource "google_compute_subnetwork" "nodes" {
  name                     = "${local.name}-nodes"
  network                  = google_compute_network.platform.id
  ip_cidr_range            = local.nodes_cidr
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = local.pods_cidr
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = local.services_cidr
  }

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

# Nodes have no public address: this is their way out. Google's own services they reach without it.
resource "google_compute_router" "nat" {
  name    = "${local.name}-nat"
  network = google_compute_network.platform.id
}

resource "google_compute_router_nat" "nodes" {
  name                               = "${local.name}-nodes"
  router                             = google_compute_router.nat.name
#% if cw_fleet.module and not module %#
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = google_compute_address.nat[*].self_link
#% else %#
  nat_ip_allocate_option             = "AUTO_ONLY"
#% endif %#
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.nodes.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  # A node that pulls many images at once gets more ports than the 64 that each has by default.
  enable_dynamic_port_allocation      = true
  enable_endpoint_independent_mapping = false
  min_ports_per_vm                    = 64
  max_ports_per_vm                    = 4096

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}
#% if cw_fleet.module and not module %#

# Where requests of this cluster come from, Argo CD's among them: the workload clusters that are made here let them in. Two
# addresses have the ports of 31 nodes at their busiest, and of 2,000 at their calmest.
resource "google_compute_address" "nat" {
  count = 2

  name = "${local.name}-nat-${count.index + 1}"
}
#% endif %#
