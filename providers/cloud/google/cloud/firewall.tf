# GKE lets the control plane reach ports 443 and 10250 of nodes and pods. Admission webhooks listen on any port.
resource "google_compute_firewall" "webhooks" {
  name        = "${local.name}-webhooks"
  network     = local.network
  description = "The control plane calls admission webhooks"
  direction   = "INGRESS"

  source_ranges           = [local.control_plane_cidr]
  target_service_accounts = [local.nodes_account]

  allow {
    protocol = "tcp"
    ports    = ["1024-65535"]
  }
}
