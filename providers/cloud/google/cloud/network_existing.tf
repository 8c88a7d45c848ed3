#% from '_shared/quote.jinja' import hcl %#
# The network was there before the platform. Of it, the platform makes the one rule of its firewall (firewall.tf): its
# ranges, and the Cloud NAT by which nodes reach the internet, are somebody else's.
locals {
  network            = data.google_compute_network.platform.id
  subnetwork         = data.google_compute_subnetwork.nodes.id
  control_plane_cidr = #{ hcl(google_control_plane_cidr) }#
}

data "google_compute_network" "platform" {
  name = #{ hcl(google_network) }#
}

data "google_compute_subnetwork" "nodes" {
  name   = #{ hcl(google_subnetwork) }#
  region = local.region

  lifecycle {
    postcondition {
      condition     = self.private_ip_google_access
      error_message = "Nodes without public addresses need Private Google Access on the subnetwork; switch it on."
    }
  }
}
